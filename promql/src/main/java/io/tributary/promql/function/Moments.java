package io.tributary.promql.function;

/**
 * How points spread around their mean, and how their two coordinates go together: added up point by point (Welford), or
 * put together of two sets (Chan, Golub, LeVeque). Neither subtracts large sums from each other, and distances are
 * taken from the first point and not from 0, so that little is lost where points lie close together far from 0.
 */
final class Moments {

    /** How many numbers one takes when it is {@link #save}d. */
    static final int NUMBERS = 8;

    private double count;
    private double originX;
    private double originY;
    /** From the origin. */
    private double meanX;

    private double meanY;
    /** Sums of the products of distances from the means. */
    private double xx;

    private double xy;
    private double yy;

    void clear() {
        count = 0;
        meanX = 0;
        meanY = 0;
        xx = 0;
        xy = 0;
        yy = 0;
    }

    void add(double x, double y) {
        if (count == 0) {
            originX = x;
            originY = Double.isFinite(y) ? y : 0;
        }
        count++;
        double fromX = x - originX;
        double fromY = y - originY;
        double dx = fromX - meanX;
        double dy = fromY - meanY;
        meanX += dx / count;
        meanY += dy / count;
        xx += dx * (fromX - meanX);
        xy += dx * (fromY - meanY);
        yy += dy * (fromY - meanY);
    }

    /** Adds all points of another set. */
    void add(Moments other) {
        if (other.count == 0) {
            return;
        }
        double total = count + other.count;
        double share = other.count / total;
        double dx = other.originX - originX + (other.meanX - meanX);
        double dy = other.originY - originY + (other.meanY - meanY);
        meanX += dx * share;
        meanY += dy * share;
        xx += other.xx + dx * dx * count * share;
        xy += other.xy + dx * dy * count * share;
        yy += other.yy + dy * dy * count * share;
        count = total;
    }

    void save(double[] into, int at) {
        into[at] = count;
        into[at + 1] = originX;
        into[at + 2] = originY;
        into[at + 3] = meanX;
        into[at + 4] = meanY;
        into[at + 5] = xx;
        into[at + 6] = xy;
        into[at + 7] = yy;
    }

    /** Is what was saved there. */
    void load(double[] saved, int at) {
        count = saved[at];
        originX = saved[at + 1];
        originY = saved[at + 2];
        meanX = saved[at + 3];
        meanY = saved[at + 4];
        xx = saved[at + 5];
        xy = saved[at + 6];
        yy = saved[at + 7];
    }

    int count() {
        return (int) count;
    }

    /** The mean square of y's distance from its mean. */
    double variance() {
        return yy / count;
    }

    /** Of the line that fits the points best, by least squares. */
    double slope() {
        return xy / xx;
    }

    /** The y of that line at an x. */
    double at(double x) {
        return originY + (meanY + slope() * (x - originX - meanX));
    }
}

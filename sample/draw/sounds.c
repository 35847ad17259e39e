/*
 * sounds.c - what the sample edition lets one hear: a wind that rises and falls, a ship's bell.
 */
#include "draw.h"

enum { RATE = 24000 };

static int write_sample(FILE *out, double v)
{
    int16_t s = (int16_t)(fmax(-1, fmin(1, v)) * 32000);

    return fwrite(&s, sizeof s, 1, out) == 1 ? 0 : 1;
}

/* Fifteen seconds: noise through a filter that gusts open, loudest while the storm sits. */
int sound_wind(FILE *out)
{
    uint32_t dice = 4711;
    double low = 0, lower = 0;
    int failed = 0;

    for (int i = 0; i < 15 * RATE && !failed; i++) {
        double t = (double)i / RATE, storm = exp(-pow((t - 7.5) / 4.2, 2));
        double gust = 0.5 + 0.5 * noise1(3, t * 0.9) + 0.25 * noise1(5, t * 2.3);
        double open = 0.01 + 0.05 * storm * fmax(0, gust);

        dice = dice * 1664525u + 1013904223u;
        low += open * ((double)dice / 2147483648.0 - 1 - low);
        lower += 0.3 * (low - lower);
        failed = write_sample(out, lower * (0.6 + 2.2 * storm) * fmin(1, fmin(t, 15 - t)));
    }
    return failed;
}

/* One stroke of a small cast bell: a few partials that are no multiples, the high ones dying soon.
 */
static double stroke(double t)
{
    static const struct {
        double ratio, loud, dies;
    } partials[] = {{0.5, 0.25, 3.2}, {1, 0.5, 2.6},     {1.19, 0.35, 2.0}, {1.5, 0.2, 1.6},
                    {2, 0.4, 1.2},    {2.67, 0.18, 0.7}, {4.1, 0.12, 0.35}, {5.4, 0.08, 0.2}};
    double v = 0;

    if (t < 0)
        return 0;
    for (size_t i = 0; i < LENGTH(partials); i++)
        v += partials[i].loud * exp(-t / partials[i].dies) *
             sin(2 * M_PI * 620 * partials[i].ratio * t);
    return v * fmin(1, t * 800);
}

/* Five bells, in pairs, as aboard. */
int sound_bell(FILE *out)
{
    static const double strokes[] = {0.5, 1.0, 2.5, 3.0, 4.5};
    int failed = 0;

    for (int i = 0; i < 10 * RATE && !failed; i++) {
        double t = (double)i / RATE, v = 0;

        for (size_t k = 0; k < LENGTH(strokes); k++)
            v += stroke(t - strokes[k]);
        failed = write_sample(out, v * 0.3 * fmin(1, 10 - t));
    }
    return failed;
}

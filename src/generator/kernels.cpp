#include "generator/kernels.h"

#include "base/vec.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace limner::kernels {
namespace {

Vec4 load(const float* from) {
    Vec4 v;
    std::memcpy(&v, from, sizeof v);
    return v;
}
void store(float* to, Vec4 v) { std::memcpy(to, &v, sizeof v); }
float sum_of_lanes(Vec4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }

void transpose(Vec4& a, Vec4& b, Vec4& c, Vec4& d) {
    const Vec4 ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5),
               ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Vec4 cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5),
               cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    a = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
    b = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
    c = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
    d = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

// Four rows of a product's left side, next to each other; columns in which all of them are zero are left out, which is
// most of them where points are spread over a picture.
struct Rows {
    std::vector<float> factors;           // four for each column that is left
    std::vector<std::ptrdiff_t> columns;  // which these are
    std::size_t count = 0;                // of them

    explicit Rows(int k) : factors(static_cast<std::size_t>(k) * 4), columns(static_cast<std::size_t>(k)) {}

    void take(int m, int k, const float* a) {
        const float* row[4];
        for (int r = 0; r < 4; ++r) row[r] = a + static_cast<std::ptrdiff_t>(std::min(r, m - 1)) * k;
        float* to = factors.data();
        count = 0;
        for (int i = 0; i < k; ++i) {
            const Vec4 four = {row[0][i], row[1][i], row[2][i], row[3][i]};
            if (four[0] == 0 && four[1] == 0 && four[2] == 0 && four[3] == 0) continue;
            store(to + 4 * count, four);
            columns[count++] = i;
        }
    }
};

constexpr int kStretch = 65536;  // numbers that stay in a near cache

// Eight columns of four rows of a product, sums in registers; b's rows are `apart`, c's `n`.
void eight_columns(const Rows& rows, const float* b, std::ptrdiff_t apart, const float* bias, int m, float* c,
                   std::ptrdiff_t n) {
    Vec4 sum[4][2];
    for (int r = 0; r < 4; ++r) sum[r][0] = sum[r][1] = splat(bias && r < m ? bias[r] : 0.0F);
    const float* a = rows.factors.data();
    for (std::size_t at = 0; at < rows.count; ++at) {
        const std::ptrdiff_t i = rows.columns[at];
        const Vec4 left = load(b + i * apart), right = load(b + i * apart + 4);
        for (int r = 0; r < 4; ++r) {
            const Vec4 factor = splat(a[r]);
            sum[r][0] += factor * left;
            sum[r][1] += factor * right;
        }
        a += 4;
    }
    for (int r = 0; r < m; ++r) {
        store(c + r * n, sum[r][0]);
        store(c + r * n + 4, sum[r][1]);
    }
}

void one_column(const Rows& rows, const float* b, std::ptrdiff_t apart, const float* bias, int m, float* c,
                std::ptrdiff_t n) {
    for (int r = 0; r < m; ++r) {
        float sum = bias ? bias[r] : 0.0F;
        const float* a = rows.factors.data() + r;
        for (std::size_t at = 0; at < rows.count; ++at) {
            sum += *a * b[rows.columns[at] * apart];
            a += 4;
        }
        c[r * n] = sum;
    }
}

// ---- Winograd

constexpr int kPoints = 36;  // of a transformed tile, 6x6
constexpr int kQuads = 4;    // four tiles side by side; as many of these at once
constexpr int kColumns = 4 * kQuads;

struct Six {
    Vec4 v[6];
};

// B^T of Lavin and Gray.
Six into_points(const Six& d) {
    const Vec4 four = splat(4), five = splat(5), two = splat(2);
    const Vec4 a = d.v[4] - four * d.v[2], b = d.v[3] - four * d.v[1];
    const Vec4 e = d.v[4] - d.v[2], f = two * (d.v[3] - d.v[1]);
    return {{four * d.v[0] - five * d.v[2] + d.v[4], a + b, a - b, e + f, e - f,
             four * d.v[1] - five * d.v[3] + d.v[5]}};
}

// A^T.
std::array<Vec4, 4> out_of_points(const Six& m) {
    const Vec4 a = m.v[1] + m.v[2], b = m.v[1] - m.v[2], c = m.v[3] + m.v[4], d = m.v[3] - m.v[4];
    return {m.v[0] + a + c, b + splat(2) * d, a + splat(4) * c, b + splat(8) * d + m.v[5]};
}

// Six rows of 18 numbers, from one pixel above and left of a quad; zeros outside of the plane.
void patch(const float* plane, int width, int height, int x0, int y0, float scale, float (&to)[6][20]) {
    const int first = x0 == 0 ? 1 : 0, last = x0 + 16 == width ? 17 : 18;
    for (int r = 0; r < 6; ++r) {
        const int y = y0 - 1 + r;
        if (y < 0 || y >= height) {
            std::memset(to[r], 0, sizeof to[r]);
            continue;
        }
        const float* row = plane + static_cast<std::ptrdiff_t>(y) * width + x0 - 1;
        to[r][0] = first ? 0.0F : row[0] * scale;
        for (int i = 1; i < 17; i += 4) store(to[r] + i, load(row + i) * splat(scale));
        to[r][17] = last == 17 ? 0.0F : row[17] * scale;
    }
}

void quad_into_points(const float (&rows)[6][20], float* v, std::ptrdiff_t point) {
    Six across[6];
    for (int r = 0; r < 6; ++r) {
        Vec4 a = load(rows[r]), b = load(rows[r] + 4), c = load(rows[r] + 8), d = load(rows[r] + 12);
        transpose(a, b, c, d);  // a: the first number of each tile, and so on
        const float after = rows[r][16], second = rows[r][17];
        const Vec4 e = Vec4{a[1], a[2], a[3], after}, f = Vec4{b[1], b[2], b[3], second};
        across[r] = into_points({{a, b, c, d, e, f}});
    }
    for (int j = 0; j < 6; ++j) {
        Six column;
        for (int r = 0; r < 6; ++r) column.v[r] = across[r].v[j];
        column = into_points(column);
        for (int i = 0; i < 6; ++i) store(v + (i * 6 + j) * point, column.v[i]);
    }
}

void quad_out_of_points(const float* m, std::ptrdiff_t point, float gain, float shift, float slope, float* y,
                        int width) {
    std::array<Vec4, 4> down[6];
    for (int j = 0; j < 6; ++j) {
        Six column;
        for (int i = 0; i < 6; ++i) column.v[i] = load(m + (i * 6 + j) * point);
        down[j] = out_of_points(column);
    }
    for (int i = 0; i < 4; ++i) {
        Six row;
        for (int j = 0; j < 6; ++j) row.v[j] = down[j][static_cast<std::size_t>(i)];
        std::array<Vec4, 4> o = out_of_points(row);
        for (Vec4& x : o) {
            x = x * splat(gain) + splat(shift);
            x = x < splat(0) ? x * splat(slope) : x;
        }
        transpose(o[0], o[1], o[2], o[3]);  // now four pixels of one tile each
        float* to = y + static_cast<std::ptrdiff_t>(i) * width;
        for (std::size_t t = 0; t < 4; ++t) store(to + 4 * t, o[t]);
    }
}

// One point of all tiles: m [outputs, kColumns] = u * v [inputs, kColumns], u in groups of four outputs.
void one_point(int outputs, int inputs, const float* u, const float* v, float* m) {
    for (int o = 0; o < outputs; o += 4, u += static_cast<std::ptrdiff_t>(inputs) * 4) {
        for (int half = 0; half < kColumns; half += 8) {
            Vec4 sum[4][2];
            for (auto& row : sum) row[0] = row[1] = splat(0);
            const float *a = u, *b = v + half;
            for (int i = 0; i < inputs; ++i, a += 4, b += kColumns) {
                const Vec4 left = load(b), right = load(b + 4);
                for (int r = 0; r < 4; ++r) {
                    const Vec4 factor = splat(a[r]);
                    sum[r][0] += factor * left;
                    sum[r][1] += factor * right;
                }
            }
            for (int r = 0; r < 4; ++r) {
                store(m + (o + r) * kColumns + half, sum[r][0]);
                store(m + (o + r) * kColumns + half + 4, sum[r][1]);
            }
        }
    }
}

int in_fours(int outputs) { return (outputs + 3) / 4 * 4; }

}  // namespace

void multiply(int m, int n, int k, const float* a, const float* b, const float* bias, float* c) {
    // A stretch of b's columns, put together so that it stays in the cache while all of a passes over it: its rows lie a whole plane
    // apart, which is often a power of two, and would push one another out.
    const int stretch = std::max(16, std::min({256, n, kStretch / std::max(k, 1)}) / 8 * 8);
    std::vector<float> close(static_cast<std::size_t>(stretch) * static_cast<std::size_t>(k));
    Rows rows(k);
    for (int first = 0; first < n; first += stretch) {
        const int wide = std::min(stretch, n - first);
        for (int i = 0; i < k; ++i)
            std::memcpy(close.data() + static_cast<std::ptrdiff_t>(i) * stretch,
                        b + static_cast<std::ptrdiff_t>(i) * n + first,
                        static_cast<std::size_t>(wide) * sizeof(float));
        for (int i = 0; i < m; i += 4) {
            const int some = std::min(m - i, 4);
            rows.take(some, k, a + static_cast<std::ptrdiff_t>(i) * k);
            float* to = c + static_cast<std::ptrdiff_t>(i) * n + first;
            const float* add = bias ? bias + i : nullptr;
            int j = 0;
            for (; j + 8 <= wide; j += 8)
                eight_columns(rows, close.data() + j, stretch, add, some, to + j, n);
            for (; j < wide; ++j) one_column(rows, close.data() + j, stretch, add, some, to + j, n);
        }
    }
}

void dense(int n, int k, const float* w, const float* x, const float* bias, float* y) {
    for (int j = 0; j < n; ++j, w += k) {
        Vec4 sum = splat(0);
        int i = 0;
        for (; i + 4 <= k; i += 4) sum += load(w + i) * load(x + i);
        float total = sum_of_lanes(sum);
        for (; i < k; ++i) total += w[i] * x[i];
        y[j] = total + (bias ? bias[j] : 0.0F);
    }
}

std::vector<float> conv3_weights(const float* w, int outputs, int inputs) {
    const auto in = static_cast<std::size_t>(inputs), out = static_cast<std::size_t>(outputs);
    const std::size_t point = static_cast<std::size_t>(in_fours(outputs)) * in;
    std::vector<float> made(kPoints * point);
    // G of Lavin and Gray, on four outputs at once.
    const auto into = [](Vec4 a, Vec4 b, Vec4 c, Vec4* to, int step) {
        const Vec4 sixth = splat(1.0F / 6), ends = splat(1.0F / 24) * a + sixth * c,
                   middle = splat(1.0F / 12) * b;
        to[0] = splat(0.25F) * a;
        to[step] = -sixth * (a + c + b);
        to[2 * step] = -sixth * (a + c - b);
        to[3 * step] = ends + middle;
        to[4 * step] = ends - middle;
        to[5 * step] = c;
    };
    for (std::size_t o = 0; o < out; o += 4) {
        for (std::size_t c = 0; c < in; ++c) {
            Vec4 taps[9] = {};
            for (std::size_t lane = 0; lane < std::min<std::size_t>(4, out - o); ++lane)
                for (std::size_t t = 0; t < 9; ++t) taps[t][lane] = w[((o + lane) * in + c) * 9 + t];
            Vec4 rows[6][3], u[6][6];
            for (int j = 0; j < 3; ++j) into(taps[j], taps[3 + j], taps[6 + j], &rows[0][j], 3);
            for (int i = 0; i < 6; ++i) into(rows[i][0], rows[i][1], rows[i][2], u[i], 1);
            for (std::size_t p = 0; p < kPoints; ++p)
                store(made.data() + p * point + (o * in + c * 4), u[p / 6][p % 6]);
        }
    }
    return made;
}

std::size_t conv3_scratch(const Conv3& conv) {
    return static_cast<std::size_t>(kPoints * kColumns) *
           static_cast<std::size_t>(conv.inputs + in_fours(conv.outputs));
}

void conv3(const Conv3& conv, const float* x, float* y, float* scratch) {
    const int wide = conv.width / 16, quads = wide * (conv.height / 4), rounded = in_fours(conv.outputs);
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(conv.width) * conv.height;
    const std::ptrdiff_t point_v = static_cast<std::ptrdiff_t>(conv.inputs) * kColumns,
                         point_m = static_cast<std::ptrdiff_t>(rounded) * kColumns;
    float *v = scratch, *m = scratch + kPoints * point_v;
    float rows[6][20] = {};
    for (int first = 0; first < quads; first += kQuads) {
        const int here = std::min(kQuads, quads - first);
        for (int c = 0; c < conv.inputs; ++c) {
            const float scale = conv.scale ? conv.scale[c] : 1.0F;
            for (int q = 0; q < kQuads; ++q) {
                const int at =
                    std::min(first + q, first + here - 1);  // there is always something to count with
                patch(x + c * plane, conv.width, conv.height, at % wide * 16, at / wide * 4, scale, rows);
                quad_into_points(rows, v + static_cast<std::ptrdiff_t>(c) * kColumns + q * 4, point_v);
            }
        }
        for (int p = 0; p < kPoints; ++p) {
            one_point(conv.outputs, conv.inputs,
                      conv.weights + static_cast<std::ptrdiff_t>(p) * rounded * conv.inputs, v + p * point_v,
                      m + p * point_m);
        }
        for (int o = 0; o < conv.outputs; ++o) {
            for (int q = 0; q < here; ++q) {
                const int at = first + q;
                quad_out_of_points(
                    m + static_cast<std::ptrdiff_t>(o) * kColumns + q * 4, point_m,
                    conv.gain ? conv.gain[o] : 1.0F, conv.shift ? conv.shift[o] : 0.0F, conv.slope,
                    y + o * plane + static_cast<std::ptrdiff_t>(at / wide * 4) * conv.width + at % wide * 16,
                    conv.width);
            }
        }
    }
}

void conv3_small(const Conv3& conv, const float* w, const float* x, float* y, float* scratch) {
    const std::ptrdiff_t width = conv.width, height = conv.height, plane = width * height;
    float* to = scratch;
    for (int c = 0; c < conv.inputs; ++c) {
        for (int tap = 0; tap < 9; ++tap) {
            const int dx = tap % 3 - 1, dy = tap / 3 - 1;
            for (std::ptrdiff_t j = 0; j < height; ++j) {
                for (std::ptrdiff_t i = 0; i < width; ++i) {
                    const bool inside = i + dx >= 0 && i + dx < width && j + dy >= 0 && j + dy < height;
                    *to++ = inside ? x[c * plane + (j + dy) * width + i + dx] : 0.0F;
                }
            }
        }
    }
    multiply(conv.outputs, static_cast<int>(plane), conv.inputs * 9, w, scratch, nullptr, y);
}

void depthwise3(int channels, int width, int height, const float* w, const float* x, float* y) {
    const std::ptrdiff_t stride = width;
    for (int c = 0; c < channels; ++c, w += 9) {
        for (int j = 0; j < height; ++j, x += stride, y += stride) {
            const auto one = [&](int i) {
                float sum = 0;
                for (int t = 0; t < 9; ++t) {
                    const int u = i + t % 3 - 1, v = j + t / 3 - 1;
                    if (u >= 0 && u < width && v >= 0 && v < height) sum += w[t] * x[(v - j) * stride + u];
                }
                y[i] = sum;
            };
            int i = 0;
            if (j > 0 && j + 1 < height && width >= 8) {
                one(i++);
                for (; i + 4 < width; i += 4) {
                    Vec4 sum = splat(0);
                    for (int t = 0; t < 9; ++t)
                        sum += splat(w[t]) * load(x + (t / 3 - 1) * stride + i + t % 3 - 1);
                    store(y + i, sum);
                }
            }
            for (; i < width; ++i) one(i);
        }
    }
}

void twice(int channels, int width, int height, const float* x, float* y, float* scratch) {
    const Vec4 near = splat(0.75F), far = splat(0.25F);
    float* row = scratch + 4;
    for (int c = 0; c < channels; ++c, x += static_cast<std::ptrdiff_t>(width) * height) {
        for (int j = 0; j < 2 * height; ++j) {
            const int here = j / 2, other = std::clamp(j % 2 ? here + 1 : here - 1, 0, height - 1);
            const float *a = x + static_cast<std::ptrdiff_t>(here) * width,
                        *b = x + static_cast<std::ptrdiff_t>(other) * width;
            int i = 0;
            for (; i + 4 <= width; i += 4) store(row + i, near * load(a + i) + far * load(b + i));
            for (; i < width; ++i) row[i] = 0.75F * a[i] + 0.25F * b[i];
            row[-1] = row[0];
            row[width] = row[width - 1];
            for (i = 0; i + 4 <= width; i += 4, y += 8) {
                const Vec4 middle = near * load(row + i);
                const Vec4 even = far * load(row + i - 1) + middle, odd = middle + far * load(row + i + 1);
                store(y, __builtin_shufflevector(even, odd, 0, 4, 1, 5));
                store(y + 4, __builtin_shufflevector(even, odd, 2, 6, 3, 7));
            }
            for (; i < width; ++i) {
                *y++ = 0.25F * row[i - 1] + 0.75F * row[i];
                *y++ = 0.75F * row[i] + 0.25F * row[i + 1];
            }
        }
    }
}

void half(int channels, int width, int height, const float* x, float* y) {
    for (int row = 0; row < channels * (height / 2); ++row, x += 2 * static_cast<std::ptrdiff_t>(width)) {
        const float *a = x, *b = x + width;
        for (int i = 0; i < width; i += 2) *y++ = ((a[i] + a[i + 1]) + (b[i] + b[i + 1])) * 0.25F;
    }
}

void shuffle2(int channels, int width, int height, const float* x, float* y) {
    const std::ptrdiff_t plane = static_cast<std::ptrdiff_t>(width) * height;
    for (int c = 0; c < channels; ++c, x += 4 * plane) {
        for (int j = 0; j < 2 * height; ++j) {
            const float* left = x + (j % 2 * 2) * plane + static_cast<std::ptrdiff_t>(j / 2) * width;
            const float* right = left + plane;
            int i = 0;
            for (; i + 4 <= width; i += 4, y += 8) {
                const Vec4 a = load(left + i), b = load(right + i);
                store(y, __builtin_shufflevector(a, b, 0, 4, 1, 5));
                store(y + 4, __builtin_shufflevector(a, b, 2, 6, 3, 7));
            }
            for (; i < width; ++i) {
                *y++ = left[i];
                *y++ = right[i];
            }
        }
    }
}

namespace {

// Calls act(first pixel, how many) for four pixels at a time, then for each of the rest; act is given Vec4s by `at`.
template <class Act>
void in_vectors(std::size_t count, Act act) {
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) act(i, 4);
    for (; i < count; ++i) act(i, 1);
}
Vec4 part(const float* from, int count) { return count == 4 ? load(from) : splat(*from); }
void put(float* to, Vec4 v, int count) {
    if (count == 4)
        store(to, v);
    else
        *to = v[0];
}

}  // namespace

void softmax(int channels, std::size_t pixels, const float* x, float* y) {
    const auto n = static_cast<std::size_t>(channels);
    in_vectors(pixels, [&](std::size_t i, int some) {
        Vec4 most = part(x + i, some), sum = splat(0);
        for (std::size_t c = 1; c < n; ++c) most = max(most, part(x + c * pixels + i, some));
        for (std::size_t c = 0; c < n; ++c) {
            const Vec4 e = exp(part(x + c * pixels + i, some) - most);
            put(y + c * pixels + i, e, some);
            sum += e;
        }
        const Vec4 share = splat(1) / sum;
        for (std::size_t c = 0; c < n; ++c)
            put(y + c * pixels + i, part(y + c * pixels + i, some) * share, some);
    });
}

void sum_channels(int channels, std::size_t pixels, const float* x, float* y) {
    const auto n = static_cast<std::size_t>(channels);
    in_vectors(pixels, [&](std::size_t i, int some) {
        Vec4 sum = part(x + i, some);
        for (std::size_t c = 1; c < n; ++c) sum += part(x + c * pixels + i, some);
        put(y + i, sum, some);
    });
}

namespace {

template <class Op>
void each(std::size_t count, const float* a, int step_a, const float* b, int step_b, float* y, Op op) {
    const auto sa = static_cast<std::size_t>(step_a), sb = static_cast<std::size_t>(step_b);
    in_vectors(count, [&](std::size_t i, int some) {
        put(y + i,
            op(step_a ? part(a + i * sa, some) : splat(*a), step_b ? part(b + i * sb, some) : splat(*b)),
            some);
    });
}

template <class Op>
void each(std::size_t count, const float* x, float* y, Op op) {
    in_vectors(count, [&](std::size_t i, int some) { put(y + i, op(part(x + i, some)), some); });
}

// Of an angle in radians, error 1e-6 up to a few turns.
Vec4 sine(Vec4 x, float turns_ahead) { return sin_turn(x * splat(0.159154943F) + splat(turns_ahead)); }

}  // namespace

void binary(Binary op, std::size_t count, const float* a, int step_a, const float* b, int step_b, float* y) {
    switch (op) {
        case Binary::kAdd: return each(count, a, step_a, b, step_b, y, [](Vec4 u, Vec4 v) { return u + v; });
        case Binary::kSubtract:
            return each(count, a, step_a, b, step_b, y, [](Vec4 u, Vec4 v) { return u - v; });
        case Binary::kMultiply:
            return each(count, a, step_a, b, step_b, y, [](Vec4 u, Vec4 v) { return u * v; });
        case Binary::kDivide:
            return each(count, a, step_a, b, step_b, y, [](Vec4 u, Vec4 v) { return u / v; });
    }
}

void unary(Unary op, std::size_t count, const float* x, float* y, float p, float q) {
    const Vec4 one = splat(1), low = splat(p), high = splat(q);
    switch (op) {
        case Unary::kNegate: return each(count, x, y, [](Vec4 v) { return -v; });
        case Unary::kExp:  // what is too small to be seen is nothing, which `multiply` skips
            return each(count, x, y, [](Vec4 v) { return v < splat(-30) ? splat(0) : exp(v); });
        case Unary::kSqrt: return each(count, x, y, [](Vec4 v) { return sqrt(v); });
        case Unary::kReciprocal: return each(count, x, y, [&](Vec4 v) { return one / v; });
        case Unary::kSin: return each(count, x, y, [](Vec4 v) { return sine(v, 0); });
        case Unary::kCos: return each(count, x, y, [](Vec4 v) { return sine(v, 0.25F); });
        case Unary::kSigmoid: return each(count, x, y, [&](Vec4 v) { return one / (one + exp(-v)); });
        case Unary::kSquare: return each(count, x, y, [](Vec4 v) { return v * v; });
        case Unary::kLeaky: return each(count, x, y, [&](Vec4 v) { return v < splat(0) ? v * low : v; });
        case Unary::kScale: return each(count, x, y, [&](Vec4 v) { return v * low; });
        case Unary::kClamp: return each(count, x, y, [&](Vec4 v) { return min(max(v, low), high); });
    }
}

}  // namespace limner::kernels

// Curls and coils.
#include "style.h"

namespace limner::sitters {

namespace {

// clang-format off
const Style table[] = {
    {.id = "bob_curly", .count = 15000, .points = 28, .top = 0.20F, .side = 0.17F, .back = 0.16F,
     .vary = 0.16F, .cut = -0.105F, .cut_soft = 0.02F, .across = 0.9F, .down = 0.2F,
     .lift = 0.45F, .gravity = 0.55F, .stiff = 0.7F, .release = 0.9F, .puff = 0.12F, .layer = 0.016F,
     .hug = 0, .locks = 340, .clump = 0.92F, .clump_power = 0.5F, .lock_noise = 0.28F, .curl = 0.0075F,
     .curl_turns = 24, .curl_jitter = 0.25F, .curl_from = 0.04F, .frizz = 0.002F, .radius = 9.0e-5F},
    {.id = "long_curly", .count = 15000, .points = 30, .top = 0.34F, .side = 0.33F, .back = 0.33F,
     .vary = 0.14F, .across = 1.0F, .down = 0.3F, .lift = 0.4F, .gravity = 0.7F,
     .stiff = 0.66F, .release = 0.9F, .puff = 0.08F, .layer = 0.017F, .hug = 0, .locks = 300, .clump = 0.92F,
     .clump_power = 0.5F, .lock_noise = 0.24F, .curl = 0.0085F, .curl_turns = 15, .curl_jitter = 0.25F,
     .curl_from = 0.06F, .frizz = 0.002F, .radius = 9.0e-5F},
    {.id = "curls_short", .count = 18000, .points = 20, .top = 0.066F, .side = 0.048F, .back = 0.048F,
     .edge = 0.03F, .vary = 0.18F, .across = 0.2F, .forward = 0.35F, .lift = 0.6F, .gravity = 0.3F,
     .stiff = 0.85F, .follow = 0.4F, .puff = 0.12F, .layer = 0.008F, .hug = 0, .radial = 0.4F, .locks = 600,
     .clump = 0.92F, .clump_power = 0.4F, .big_clump = 0.1F, .lock_noise = 0.5F, .hair_noise = 0.12F,
     .curl = 0.0052F, .curl_turns = 42, .curl_jitter = 0.25F, .curl_from = 0.02F, .frizz = 0.0016F,
     .radius = 9.0e-5F},
    {.id = "curls_top", .count = 19000, .points = 18, .top = 0.072F, .side = 0.005F, .back = 0.006F,
     .edge = 0.002F, .top_from = 38, .top_to = 52, .vary = 0.18F, .sweep = 0.2F, .forward = 0.5F,
     .lift = 0.5F, .gravity = 0.35F, .stiff = 0.85F, .follow = 0.4F, .puff = 0.12F, .layer = 0.009F,
     .hug = 0, .locks = 700, .clump = 0.92F, .clump_power = 0.4F, .big_clump = 0.1F, .lock_noise = 0.5F,
     .hair_noise = 0.12F, .curl = 0.0052F, .curl_turns = 40, .curl_jitter = 0.25F, .curl_from = 0.02F,
     .frizz = 0.0014F, .radius = 9.0e-5F},
    {.id = "curls_medium", .count = 16000, .points = 27, .top = 0.125F, .side = 0.11F, .back = 0.11F,
     .vary = 0.18F, .across = 0.6F, .lift = 0.5F, .gravity = 0.6F, .stiff = 0.78F,
     .follow = 0.5F, .release = 0.9F, .puff = 0.1F, .layer = 0.014F, .hug = 0, .locks = 440, .clump = 0.92F,
     .clump_power = 0.4F, .big_clump = 0.1F, .lock_noise = 0.45F, .hair_noise = 0.1F, .curl = 0.0062F,
     .curl_turns = 32, .curl_jitter = 0.25F, .curl_from = 0.03F, .frizz = 0.002F, .radius = 9.0e-5F},
    {.id = "curls_big", .count = 14000, .points = 30, .top = 0.17F, .side = 0.17F, .back = 0.17F,
     .vary = 0.18F, .across = 0.9F, .lift = 0.5F, .gravity = 0.6F, .stiff = 0.82F,
     .follow = 0.5F, .release = 0.9F, .puff = 0.10F, .layer = 0.024F, .hug = 0.12F, .locks = 380,
     .clump = 0.92F, .clump_power = 0.45F, .big_clump = 0.1F, .lock_noise = 0.45F, .hair_noise = 0.12F,
     .curl = 0.0085F, .curl_turns = 21, .curl_jitter = 0.25F, .curl_from = 0.03F, .frizz = 0.003F,
     .radius = 9.0e-5F},
};
// clang-format on
}  // namespace

std::span<const Style> curly_styles() { return table; }

}  // namespace limner::sitters

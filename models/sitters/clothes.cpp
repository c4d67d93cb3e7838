#include "clothes.h"
#include "collars.h"
#include "garment.h"
#include "noise.h"

#include <algorithm>

namespace limner::sitters {
namespace {

void jacket_open(const Wardrobe& w, std::vector<Mesh>& out) {
    out.push_back(panel(w, w.stiff, "cloth_jacket", v_edge(0.0F, 0.2F, 0.07F), 0.0045F, 1.0F));
    add_lapels(w, out);
}

}  // namespace

std::vector<Mesh> clothes_of(const Assets& assets, const Fine& rest, const Sitter& sitter) {
    const Cape skin = cape_of(assets, rest);
    Wardrobe w{draped(skin, 5, 0.0022F), draped(skin, 26, 0.007F), {}};
    if (sitter.noise.size() >= 3) w.phase = Vec3{sitter.noise[0], sitter.noise[1], sitter.noise[2]} * 1.7F;
    const std::string_view style = sitter.choice("clothes.style");
    std::vector<Mesh> out;
    if (style == "crew") {
        const Edge edge = round_edge(0.004F, 0.012F);
        out.push_back(panel(w, w.soft, "cloth", edge, 0.0012F, 0.8F, 0.017F));
        out.push_back(band(w, w.soft, "cloth_rib", edge, 0.017F, 0.0016F, 0.00012F));
    } else if (style == "v_neck") {
        const Edge edge = v_edge(0.004F, 0.085F, 0.058F);
        out.push_back(panel(w, w.soft, "cloth", edge, 0.0016F, 0.8F, 0.016F));
        out.push_back(band(w, w.soft, "cloth_rib", edge, 0.016F, 0.0022F, 0.00025F));
    } else if (style == "scoop") {
        const Edge edge = round_edge(0.022F, 0.05F);
        out.push_back(panel(w, w.soft, "cloth", edge, 0.0012F, 0.7F, 0.008F));
        out.push_back(band(w, w.soft, "cloth_rib", edge, 0.008F, 0.0014F, 0));
    } else if (style == "sweater") {
        const Edge edge = round_edge(0.0F, 0.008F);
        out.push_back(panel(w, w.stiff, "cloth", edge, 0.0005F, 1.0F, 0.026F));
        out.push_back(band(w, w.stiff, "cloth_rib", edge, 0.026F, 0.0022F, 0.0005F));
    } else if (style == "turtleneck") {
        out.push_back(panel(w, w.soft, "cloth", round_edge(0.004F, 0), 0.0022F, 0.9F));
        add_turtleneck(w, out);
    } else if (style == "shirt") {
        out.push_back(panel(w, w.soft, "cloth", v_edge(0.002F, 0.055F, 0.03F), 0.0022F, 0.9F));
        add_shirt_collar(w, {"cloth", 0.030F, 0.055F, 0.2F, 0.011F}, out);
        add_placket(w, "cloth", 0.055F, 0.2F, 3, out);
    } else if (style == "polo") {
        out.push_back(panel(w, w.soft, "cloth", v_edge(0.002F, 0.06F, 0.03F), 0.002F, 0.8F));
        add_shirt_collar(w, {"cloth", 0.024F, 0.048F, 0.26F, 0.009F}, out);
        add_placket(w, "cloth", 0.06F, 0.12F, 2, out);
    } else if (style == "blouse") {
        const Edge edge = v_edge(0.004F, 0.07F, 0.045F);
        out.push_back(panel(w, w.soft, "cloth", edge, 0.002F, 1.5F));
        add_shirt_collar(w, {"cloth", 0.012F, 0.05F, 0.42F, 0.006F}, out);
    } else if (style == "hoodie") {
        out.push_back(panel(w, w.stiff, "cloth", v_edge(0.0F, 0.035F, 0.05F), 0.0015F, 1.4F));
        add_hood(w, out);
    } else if (style == "blazer") {
        out.push_back(panel(w, w.soft, "shirt", v_edge(0.002F, 0.06F, 0.03F), 0.0016F, 0.8F));
        add_shirt_collar(w, {"shirt", 0.030F, 0.05F, 0.22F, 0.009F}, out);
        add_placket(w, "shirt", 0.06F, 0.2F, 2, out);
        jacket_open(w, out);
    } else if (style == "suit_tie") {
        out.push_back(panel(w, w.soft, "shirt", round_edge(0.0F, 0.004F), 0.0016F, 0.6F));
        add_shirt_collar(w, {"shirt", 0.034F, 0.046F, 0.06F, 0.009F}, out);
        add_tie(w, out);
        jacket_open(w, out);
    } else {  // jacket: zipped half way, a T-shirt under it
        const Edge under = round_edge(0.003F, 0.012F);
        out.push_back(panel(w, w.soft, "shirt", under, 0.0006F, 0.5F, 0.015F));
        out.push_back(band(w, w.soft, "shirt_rib", under, 0.015F, 0.0012F, 0.0001F));
        out.push_back(panel(w, w.stiff, "cloth_jacket", v_edge(0.0F, 0.13F, 0.04F), 0.0035F, 1.3F));
        add_stand_collar(w, out);
    }
    return out;
}

}  // namespace limner::sitters

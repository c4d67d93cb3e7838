#include "make.h"

#include "coils.h"
#include "face_hair.h"
#include "gathered.h"
#include "loose.h"

#include <algorithm>

namespace limner::sitters {

const Style* find_style(std::string_view id) {
    for (const auto family : {short_styles(), long_styles(), curly_styles(), tied_styles()})
        for (const Style& s : family)
            if (s.id == id) return &s;
    return nullptr;
}

std::vector<Strands> make_hair(const Body& body, const Wish& wish) {
    const Head head(body, wish.mirror);
    std::vector<Strands> out;
    if (const Style* style = find_style(wish.hair_style); style && style->family != Style::Family::none) {
        Strands hair;
        hair.kind = Strand::hair;
        hair.root_radius = style->radius;
        hair.tip_radius = style->radius * (style->top < 0.02F ? 0.7F : 0.4F);
        const Hairline line(head, wish, style->hairline);
        // No sitter gets more than about 450 000 points.
        const int count = std::min(
            style->count, (style->family == Style::Family::gathered ? 240000 : 370000) / style->points);
        std::vector<Root> roots = scatter_roots(head, line, count, wish.seed ^ 0x5CA1FULL);
        if (style->family == Style::Family::loose || style->family == Style::Family::gathered) {
            Random random(wish.seed ^ 0x9A27ULL);
            if (style->hairline != Hairline::Kind::thinning)
                Parting(head, wish, *style)
                    .thicken(line, std::min(count / 5, 60000 / style->points), random, roots);
            if (style->forward < -0.3F || style->family == Style::Family::gathered)
                thicken_edge(head, line, std::min(count / 6, 50000 / style->points), random, roots);
        }
        Strands ropes;  // thicker strands, each standing for several hairs
        ropes.kind = Strand::hair;
        ropes.root_radius = style->family == Style::Family::gathered ? 7.5e-5F : 1.3e-4F;
        ropes.tip_radius = ropes.root_radius * 0.6F;
        switch (style->family) {
            case Style::Family::none: break;
            case Style::Family::loose: grow_loose(head, wish, *style, roots, hair); break;
            case Style::Family::coil: grow_coils(head, wish, *style, roots, hair); break;
            case Style::Family::gathered: grow_gathered(head, wish, *style, roots, hair, ropes); break;
            case Style::Family::ropes: grow_ropes(head, wish, *style, roots, hair, ropes); break;
            case Style::Family::rows: grow_rows(head, wish, *style, roots, line, hair, ropes); break;
        }
        if (!hair.point.empty()) out.push_back(std::move(hair));
        if (!ropes.point.empty()) out.push_back(std::move(ropes));
    }
    Strands brows, lashes, beard;
    grow_brows(head, wish, brows);
    const Vec3 a = head.from_world(body.eye_left), b = head.from_world(body.eye_right);
    const Vec3 eyes[2] = {a.x < b.x ? a : b, a.x < b.x ? b : a};
    grow_lashes(head, wish, eyes, lashes);
    grow_beard(head, wish, beard);
    for (Strands* s : {&brows, &lashes, &beard})
        if (!s->point.empty()) out.push_back(std::move(*s));
    return out;
}

}  // namespace limner::sitters

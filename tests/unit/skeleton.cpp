// Where a sitter's parts are, as the pack's skeleton knows it, and what passes are told of it.
#include "drawn.h"

#include "finish/features.h"
#include "finish/primitives/beard_numbers.h"
#include "finish/primitives/brows_numbers.h"
#include "finish/primitives/cloth_numbers.h"
#include "finish/primitives/complexion_numbers.h"
#include "finish/primitives/eyes_numbers.h"
#include "finish/primitives/mouth_numbers.h"
#include "finish/primitives/strands_numbers.h"
#include "finish/primitives/strays_numbers.h"
#include "finish/primitives/worn_numbers.h"
#include "finish/primitives/wrinkles_numbers.h"
#include <bit>

using namespace limner;
using namespace limner::tests;

namespace {

float gap(const Points& p) { return p.anchors[66].y - p.anchors[62].y; }  // between the lips

}  // namespace

TEST_CASE("the skeleton puts a face's parts where a face has them") {
    const Points p = points("");
    REQUIRE(p.anchors.size() == kAnchors);
    REQUIRE(p.worn.size() == kFittings);
    const AnchorPoint &left = p.anchors[kEyeAnchors + 1], &right = p.anchors[kEyeAnchors + 3],
                      &chin = p.anchors[8], &nose = p.anchors[30];
    CHECK(left.x > 0.15F);
    CHECK(right.x < -0.15F);
    CHECK(std::abs(left.y - right.y) < 0.03F);
    CHECK(nose.y > left.y);
    CHECK(nose.depth > left.depth);
    CHECK(chin.y > nose.y + 0.2F);
    CHECK(left.normal[2] > 0.98F);  // looks at the camera
    // Gaze turns the eyes, a smile opens the mouth, and a lens lies around its eye.
    CHECK(points(R"(,"gaze.x":20)").anchors[kEyeAnchors + 1].x > left.x + 0.02F);
    CHECK(gap(points(R"(,"expression.smile_open":1,"expression.jaw_open":0.5)")) >
          gap(points(R"(,"expression.smile_open":0,"expression.jaw_open":0)")) + 0.04F);
    float x0 = 9, x1 = -9, y0 = 9, y1 = -9;
    for (int k = 0; k < kLensPoints; ++k) {
        const WornPoint& w = p.worn[static_cast<std::size_t>(kGlasses + k)];
        x0 = std::min(x0, w.x), x1 = std::max(x1, w.x), y0 = std::min(y0, w.y), y1 = std::max(y1, w.y);
    }
    CHECK(x0 < left.x - 0.08F);
    CHECK(x1 > left.x + 0.08F);
    CHECK(y0 < left.y - 0.05F);
    CHECK(y1 > left.y + 0.05F);
    // Both precisions of the pack hold the same weights.
    const auto half =
        Skeleton::open(repository_file("models/portrait/portrait.fp16.onnx"), schema().input_count);
    REQUIRE(half);
    const Points same = points(*half, "");
    for (std::size_t i = 0; i < kAnchors; ++i) CHECK(std::abs(same.anchors[i].x - p.anchors[i].x) < 1e-3F);
}

TEST_CASE("every number of a face's shape is seen from one end to the other") {
    const auto moved = [](const Attribute& a) {
        const auto at = [&](double value) { return points(",\"" + a.id + "\":" + std::to_string(value)); };
        const Points low = at(a.min), high = at(a.max);
        float most = 0;
        for (std::size_t i = 0; i < kAnchors; ++i)
            most = std::max(
                most, std::hypot(low.anchors[i].x - high.anchors[i].x, low.anchors[i].y - high.anchors[i].y));
        return most * 128;  // pixels of the network's picture
    };
    for (const Attribute& a : schema().attributes) {
        if (a.group != "face" && a.id != "weight" && a.id != "muscle") continue;
        CAPTURE(a.id);
        // What goes in or out at the camera, or is a fold between points, hardly moves them on the picture.
        const bool deep = a.id == "brow.ridge" || a.id == "nose.projection" || a.id == "eyes.fold" ||
                          a.id == "face.asymmetry";
        CHECK(moved(a) > (deep ? 0.25F : 4));
    }
}

TEST_CASE("what is no skeleton is refused in a sentence") {
    const auto code = [](const std::vector<std::uint8_t>& bytes, int inputs) {
        const auto made = Skeleton::open(bytes, inputs);
        if (made) return std::string("accepted");
        CHECK(made.error().sentence.ends_with('.'));
        return made.error().code;
    };
    CHECK(code({}, 8) == "network.form");
    CHECK(code(repository_file("tests/fuzz/corpus/network/every-step.onnx"), 8) == "skeleton.none");
    CHECK(code(repository_file("models/portrait/portrait.fp32.onnx"), schema().input_count - 1) ==
          "skeleton.none");
}

TEST_CASE("glasses, earrings, make-up, brows and shaven beards are not the network's business, all else is") {
    const auto asked = [](const std::string& set) { return network_input(undressed(sit(person(set)))); };
    const auto bare = asked(R"(,"glasses.style":"none","earrings.style":"none")");
    CHECK(
        asked(
            R"(,"glasses.style":"aviator","glasses.colour":"gold","glasses.tint":1,"glasses.thickness":1,"earrings.style":"drop","earrings.metal":1)") ==
        bare);
    CHECK(
        asked(
            R"(,"glasses.style":"none","earrings.style":"none","makeup.lips":1,"makeup.lips_hue":1,"makeup.eyes":1,"makeup.eyes_hue":1,"makeup.liner":1,"makeup.blush":1,"brows.thickness":1,"beard.shadow":1)") ==
        bare);
    CHECK(asked(R"(,"eyes.pigment":0.1,"glasses.style":"none","earrings.style":"none")") != bare);
}

TEST_CASE("only what is there is drawn: eyes and mouth of a sitter, nothing on a photo") {
    const std::string none = R"(,"glasses.style":"none","earrings.style":"none")";
    CHECK(passes(none, "eyes") == 1);
    CHECK(passes(none, "mouth") == 1);
    CHECK(passes(none, "brows") == 1);
    CHECK(passes(none + R"(,"skin.wrinkles":0)", "wrinkles") == 0);
    CHECK(passes(none + R"(,"skin.wrinkles":1)", "wrinkles") == 1);
    CHECK(passes(none + R"(,"presentation":1,"beard.style":"none")", "beard") == 0);
    CHECK(passes(none + R"(,"presentation":1,"beard.style":"anchor")", "beard") == 1);
    CHECK(passes(none + R"(,"hair.style":"bob")", "parting") == 1);
    CHECK(passes(none + R"(,"hair.style":"bob_fringe")", "parting") == 0);
    CHECK(passes(none + R"(,"hair.style":"afro")", "parting") == 0);
    CHECK(passes(none, "worn") == 0);
    CHECK(passes(R"(,"glasses.style":"round","earrings.style":"none")", "worn") == 1);
    CHECK(passes(R"(,"glasses.style":"none","earrings.style":"hoop")", "worn") == 1);
    const Points p = points(none);
    LayersInfo photo{256, 256, true};
    photo.points = &p;
    const auto made = plan(photo, person(none), styles());
    REQUIRE(made);
    for (const PlanPass& pass : made->passes)
        for (const char* drawn : {"parting", "wrinkles", "brows", "mouth", "beard", "eyes", "worn"})
            CHECK(pass.primitive != drawn);
}

TEST_CASE("every number of a drawing pass is given, in order") {
    const std::string both = R"(,"glasses.style":"aviator","earrings.style":"hoop")";
    const Points p = points(both);
    const Sitter sitter = sit(person(both));
    CHECK(finish::eye_words(p, sitter).size() == finish::kEyesNumbers);
    CHECK(finish::mouth_words(p, sitter).size() == finish::kMouthNumbers);
    CHECK(finish::wrinkle_words(p, sit(person(both + R"(,"skin.wrinkles":1)"))).size() ==
          finish::kWrinklesNumbers);
    CHECK(finish::complexion_words(&p, sitter, 1).size() == finish::kComplexionNumbers);
    CHECK(finish::brow_words(p, sitter).size() == finish::kBrowsNumbers);
    CHECK(finish::cloth_words(p, sitter).size() == finish::kClothNumbers);
    CHECK(finish::parting_words(p, sit(person(both + R"(,"hair.style":"bob")"))).size() ==
          finish::kPartingNumbers);
    for (const char* style : {"bob", "afro"}) {
        const Sitter combed = sit(person(both + R"(,"hair.style":")" + style + "\""));
        CHECK(finish::strand_flow_words(&p, combed, finish::strands_of(combed), 0.5F).size() ==
              finish::kStrandFlowNumbers);
    }
    const Sitter stray = sit(person(both + R"(,"hair.style":"bob")"));
    const auto strays = finish::stray_words(p, stray, finish::strands_of(stray), 0.5F);
    CHECK(strays.roots.size() == finish::kStrayRootsNumbers);
    CHECK(strays.hairs.size() == finish::kStrayNumbers);
    const Sitter bearded = sit(person(both + R"(,"presentation":1,"beard.style":"circle")"));
    CHECK(finish::beard_roots_words(p, bearded).size() == finish::kBeardRootsNumbers);
    CHECK(finish::beard_words(p, bearded).size() == finish::kBeardNumbers);
    const auto worn = finish::worn_words(p, sitter);
    CHECK(worn.size() == finish::kWornNumbers);
    CHECK(worn.size() + kHeaderWords <= kPassWords);
    const auto number = [&](int i) { return std::bit_cast<float>(worn[static_cast<std::size_t>(i)]); };
    CHECK(number(finish::kEarStyle) == 2.0F);
    CHECK(number(finish::kGlassesOn) == 1.0F);
    CHECK(number(finish::kScale) > 6.0F);  // half-widths a metre
    CHECK(number(finish::kScale) < 11.0F);
    CHECK(number(finish::kUpperHalf) > 0.0F);
    CHECK(number(finish::kBox) < number(finish::kBox + 2));
}

# The script behind limner_embed: writes one .cpp from -DSYMBOL, -DKIND (file, folder or bundle), -DFILES, -DOUTPUT; of a
# bundle also -DBUNDLE, the file that the program finds beside itself.
# JSON goes in without the white space between its tokens, which only readers need.

function(json_of path out_var)
    file(READ "${path}" text)
    string(REGEX REPLACE "(\"([^\"\\\\]|\\\\.)*\"|[^ \t\r\n\"]+)[ \t\r\n]*" "\\1" text "${text}")
    set(${out_var} "${text}" PARENT_SCOPE)
endfunction()

function(bytes_of path out_var)
    if(path MATCHES "\\.json$")
        json_of("${path}" text)
        string(HEX "${text}" hex)
    else()
        file(READ "${path}" hex HEX)
    endif()
    string(REGEX REPLACE "(................................)" "\\1\n" hex "${hex}")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
    set(${out_var} "${bytes}" PARENT_SCOPE)
endfunction()

if(KIND STREQUAL "bundle")
    set(bundle)
    foreach(path IN LISTS FILES)
        json_of("${path}" text)
        get_filename_component(name "${path}" NAME_WLE)
        string(APPEND bundle "${name}\n${text}\n")
    endforeach()
    file(WRITE "${BUNDLE}" "${bundle}")
    file(SHA256 "${BUNDLE}" sum)
    file(WRITE "${OUTPUT}" "#include <string_view>\n\nnamespace limner {\nextern const std::string_view ${SYMBOL};\n"
                           "constexpr std::string_view ${SYMBOL}{\"${sum}\"};\n}  // namespace limner\n")
    return()
endif()

if(KIND STREQUAL "file")
    set(code "#include <string_view>\n\nnamespace limner {\nnamespace {\n")
else()
    set(code "#include \"base/embedded.h\"\n\nnamespace limner {\nnamespace {\n")
endif()
set(index 0)
set(rows)
foreach(path IN LISTS FILES)
    bytes_of("${path}" bytes)
    get_filename_component(name "${path}" NAME_WLE)
    string(APPEND code "constexpr char bytes_${index}[] = {\n${bytes}'\\0'};\n")
    string(APPEND rows "    {\"${name}\", {bytes_${index}, sizeof bytes_${index} - 1}},\n")
    math(EXPR index "${index} + 1")
endforeach()
if(KIND STREQUAL "file")
    string(APPEND code "}  // namespace\n\nextern const std::string_view ${SYMBOL};\n"
                       "constexpr std::string_view ${SYMBOL}{bytes_0, sizeof bytes_0 - 1};\n")
elseif(index EQUAL 0)
    string(APPEND code "}  // namespace\n\nextern const std::span<const EmbeddedFile> ${SYMBOL};\n"
                       "constexpr std::span<const EmbeddedFile> ${SYMBOL};\n")
else()
    string(APPEND code "constexpr EmbeddedFile files[] = {\n${rows}};\n}  // namespace\n\n"
                       "extern const std::span<const EmbeddedFile> ${SYMBOL};\n"
                       "constexpr std::span<const EmbeddedFile> ${SYMBOL}{files};\n")
endif()
string(APPEND code "}  // namespace limner\n")
file(WRITE "${OUTPUT}" "${code}")

#pragma once

#include <cstdint>

/// The object ids of the built-in types this module speaks (pg_type.dat; they never change).
namespace insighta::postgres::oid {

using Oid = std::uint32_t;

inline constexpr Oid boolean = 16;
inline constexpr Oid bytea = 17;
inline constexpr Oid name = 19;
inline constexpr Oid int8 = 20;
inline constexpr Oid int2 = 21;
inline constexpr Oid int4 = 23;
inline constexpr Oid text = 25;
inline constexpr Oid json = 114;
inline constexpr Oid float4 = 700;
inline constexpr Oid float8 = 701;
inline constexpr Oid int4_array = 1007;
inline constexpr Oid text_array = 1009;
inline constexpr Oid varchar_array = 1015;
inline constexpr Oid character = 1042;
inline constexpr Oid varchar = 1043;
inline constexpr Oid timestamptz = 1184;
inline constexpr Oid uuid = 2950;
inline constexpr Oid uuid_array = 2951;
inline constexpr Oid jsonb = 3802;

}  // namespace insighta::postgres::oid

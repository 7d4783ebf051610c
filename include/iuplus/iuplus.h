/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * iuplus.h: types shared by the whole library: octet strings, the message arena, return codes, domains. */
#ifndef IUPLUS_IUPLUS_H
#define IUPLUS_IUPLUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Declarations between these two have C linkage, and the shared library exports them; all its other symbols are
 * hidden. */
#ifdef __cplusplus
#define IUPLUS_EXTERN_C extern "C" {
#define IUPLUS_EXTERN_C_END }
#else
#define IUPLUS_EXTERN_C
#define IUPLUS_EXTERN_C_END
#endif
#ifdef __GNUC__
#define IUPLUS_BEGIN_DECLS IUPLUS_EXTERN_C _Pragma("GCC visibility push(default)")
#define IUPLUS_END_DECLS _Pragma("GCC visibility pop") IUPLUS_EXTERN_C_END
#else
#define IUPLUS_BEGIN_DECLS IUPLUS_EXTERN_C
#define IUPLUS_END_DECLS IUPLUS_EXTERN_C_END
#endif

IUPLUS_BEGIN_DECLS

/** Return codes: 0 is success, everything else is negative. A function names the ones that it returns. Identifier,
 * value, name in logs, what it means. */
#define IUPLUS_RCS(X) \
	X(OK, 0, "ok", "success") \
	X(ERR_ARGUMENT, -1, "wrong argument", "an argument is out of range: a bug of the caller") \
	X(ERR_MEMORY, -2, "out of memory", "the arena or the heap is exhausted: discard the message") \
	X(ERR_TRUNCATED, -3, "truncated", "the input ends before the value does") \
	X(ERR_CONSTRAINT, -4, "outside its constraint", "a value is outside its range, size or alphabet") \
	X(ERR_SYNTAX, -5, "syntax error", "the input is not an encoding of the type (transfer syntax error)") \
	X(ERR_NOT_COMPREHENDED, -6, "not comprehended", \
	  "a branch, message or critical IE that this build does not know") \
	X(ERR_MISSING, -7, "missing element", "a mandatory element is absent") \
	X(ERR_ORDER, -8, "wrong order", "elements in wrong order, or repeated") \
	X(ERR_INTEGRITY, -9, "integrity failure", "a MAC does not verify") \
	X(ERR_REPLAY, -10, "replay", "a COUNT that was already used, or a lower one") \
	X(ERR_EXHAUSTED, -11, "counter exhausted", "a counter would wrap: new keys are needed first") \
	X(ERR_STATE, -12, "wrong state", "the call is not allowed in the present state") \
	X(ERR_SPACE, -13, "no space", "the output buffer is too small") \
	X(ERR_IO, -14, "input/output error", "a system call failed; errno has the reason")

enum iuplus_rc {
#define IUPLUS_RC_ID(id, value, name, what) IUPLUS_##id = (value),
	IUPLUS_RCS(IUPLUS_RC_ID)
#undef IUPLUS_RC_ID
};

/** The name of a return code, for a log line ("IUPLUS_ERR_TRUNCATED" -> "truncated"). Never NULL; any value is
 * allowed. */
const char *iuplus_strrc(int rc);

/** A view of octets owned elsewhere (usually by the message's arena). data may be NULL only if len is 0. */
struct iuplus_octets {
	const uint8_t *data;
	size_t len;
};

/** An arena: the memory of one message, released as a whole. iuplus_arena_reset() keeps the chunks of memory, so a warm
 * arena allocates nothing. Not shared between threads.
 * limit is the maximum that one message may take, in octets; 0 means IUPLUS_ARENA_DEFAULT_LIMIT. */
#define IUPLUS_ARENA_DEFAULT_LIMIT (8u * 1024 * 1024)
struct iuplus_arena_chunk;
struct iuplus_arena {
	struct iuplus_arena_chunk *first, *current;
	uint8_t *at, *end;
	size_t used, limit;
};

/** Initialises an empty arena; allocates nothing yet. Cannot fail. */
void iuplus_arena_init(struct iuplus_arena *arena, size_t limit);
/** Returns size zeroed octets aligned for any type, or NULL if the limit is reached or the heap is exhausted. */
void *iuplus_arena_alloc(struct iuplus_arena *arena, size_t size);
/** As iuplus_arena_alloc(), with the octets copied from data; size 0 returns a valid pointer. NULL as above. */
void *iuplus_arena_copy(struct iuplus_arena *arena, const void *data, size_t size);
/** Discards the contents and keeps the memory for the next message. With wipe set the contents are wiped first (for a
 * message that contained keys). */
void iuplus_arena_reset(struct iuplus_arena *arena, bool wipe);
/** Wipes and releases all memory. The arena can be used again as after iuplus_arena_init(). */
void iuplus_arena_free(struct iuplus_arena *arena);

/** Core network domain, numbered as CN-DomainIdentity in TS 25.331 and CN-DomainIndicator in TS 25.413. */
enum iuplus_domain { IUPLUS_DOMAIN_CS = 0, IUPLUS_DOMAIN_PS = 1 };

/** The kinds of keys in the order of their numbers: identifier, name in logs and verdicts, what they are. See
 * patches/25413-text.md, 3.1. */
#define IUPLUS_KEY_KINDS(X) \
	X(NONE, "none", "no keys") \
	X(LEGACY, "legacy", "CK and IK of AKA") \
	X(ENHANCED, "enhanced", "CK_U and IK_U of the UTRAN key hierarchy") \
	X(MAPPED, "mapped", "CK' and IK', mapped from CK_U and IK_U for nodes without the hierarchy")

enum iuplus_key_kind {
#define IUPLUS_KEYS_ID(id, name, what) IUPLUS_KEYS_##id,
	IUPLUS_KEY_KINDS(IUPLUS_KEYS_ID)
#undef IUPLUS_KEYS_ID
		IUPLUS_KEYS_COUNT
};

IUPLUS_END_DECLS
#endif

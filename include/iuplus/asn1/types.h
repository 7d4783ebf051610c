/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * types.h: the ASN.1 types that the structs of gen-ranap.h, gen-rnsap.h and gen-rrc.h are made of. Their layout and
 * their names are those of asn1c's runtime, which the library itself is built with (IUPLUS_ASN1C_TYPES). A program
 * that has asn1c's headers as well defines that, too, and has asn1c's folder among its include paths. */
#ifndef IUPLUS_ASN1_TYPES_H
#define IUPLUS_ASN1_TYPES_H

#ifdef IUPLUS_ASN1C_TYPES

#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <NULL.h>
#include <OBJECT_IDENTIFIER.h>
#include <OCTET_STRING.h>
#include <UTCTime.h>
#include <asn_SEQUENCE_OF.h>
#include <asn_application.h>

#else

#include <stdint.h>
#include <sys/types.h>

/** The end of a struct; zero, and of no meaning to a user of the library. */
typedef struct asn_struct_ctx_s {
	short phase;
	short step;
	int context;
	void *ptr;
	ssize_t left;
} asn_struct_ctx_t;

typedef int BOOLEAN_t;
typedef int NULL_t;

typedef struct OCTET_STRING {
	uint8_t *buf;
	int size; /**< octets */
	asn_struct_ctx_t _asn_ctx;
} OCTET_STRING_t;

typedef struct BIT_STRING_s {
	uint8_t *buf;
	int size;        /**< octets */
	int bits_unused; /**< of the last octet, at its low end: 0 to 7 */
	asn_struct_ctx_t _asn_ctx;
} BIT_STRING_t;

typedef OCTET_STRING_t UTCTime_t;

typedef struct ASN__PRIMITIVE_TYPE_s {
	uint8_t *buf;
	int size;
} ASN__PRIMITIVE_TYPE_t;
typedef ASN__PRIMITIVE_TYPE_t OBJECT_IDENTIFIER_t;

/** count pointers to items at array. size and free are of no meaning to a user of the library. */
#define A_SEQUENCE_OF(type) \
	struct { \
		type **array; \
		int count; \
		int size; \
		void (*free)(type *); \
	}

#endif
#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* conf.h: configuration files of the programs.
 *
 * A file has lines of `key value`, grouped by `[section]` or `[section label]`; `#` starts a comment, blank lines are
 * ignored. A table (struct node_conf_section) defines the contents. The reader fills a plain struct by this table, and
 * the writer prints the struct by the same table; the print-parse-compare test covers both. */
#ifndef IUPLUS_NODE_CONF_H
#define IUPLUS_NODE_CONF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define NODE_CONF_TEXT 128  /* size of a text value with its terminating zero */
#define NODE_CONF_ERROR 640 /* size of an error line with its terminating zero */

/* An IPv4 address and port as in the file ("127.0.0.1:2905"). */
struct node_conf_addr {
	char host[16];
	uint16_t port;
};

enum node_conf_type {
	NODE_CONF_STRING, /* char[NODE_CONF_TEXT]; the rest of the line */
	NODE_CONF_NAME,   /* char[NODE_CONF_TEXT]; letters, digits, '-', '_' and '.' */
	NODE_CONF_DIGITS, /* char[NODE_CONF_TEXT]; min to max decimal digits */
	NODE_CONF_UINT,   /* uint32_t; min to max, decimal or 0x... */
	NODE_CONF_UINT64, /* uint64_t; 0 to max, decimal or 0x... */
	NODE_CONF_WORD,   /* int; the index of one of words[] */
	NODE_CONF_WORDS,  /* struct node_conf_list; several of words[] in order of preference, none twice */
	NODE_CONF_BOOL,   /* bool; yes or no */
	NODE_CONF_HEX,    /* uint8_t[max]; exactly max octets in hex */
	NODE_CONF_SECRET, /* as NODE_CONF_HEX: a key, which node_conf_show() hides */
	NODE_CONF_ADDR    /* struct node_conf_addr */
};

#define NODE_CONF_LIST 4
struct node_conf_list {
	unsigned count;
	int item[NODE_CONF_LIST]; /* numbers of words */
};

struct node_conf_key {
	const char *name;
	enum node_conf_type type;
	size_t offset; /* into the section's struct */
	bool required;
	/* By type, see above; for NODE_CONF_HEX and NODE_CONF_SECRET max is the length in octets, for NODE_CONF_WORDS
	 * min the number of the first word. */
	uint64_t min, max;
	const char *const *words; /* NULL-terminated, for the word types */
};

/* A section. The one with an empty name has the keys before the first header. */
struct node_conf_section {
	const char *name;
	const struct node_conf_key *keys; /* ends with a NULL name */
	size_t offset;                    /* of the section's struct in the whole, or of the array's first member */
	bool required;                    /* the file must have at least one */
	/* Sections with a label may occur several times and fill an array; the label is a key of its own. */
	const struct node_conf_key *label; /* NULL for a plain section */
	size_t stride;                     /* octets of one array member */
	unsigned max;                      /* members of the array */
	size_t count_offset;               /* of the unsigned that counts them, in the whole */
};

/* Reads the file at path by the table (which ends with a NULL name) into the struct at out, which the caller has filled
 * with the defaults. The file's text is wiped from memory afterwards, because it may contain keys. On an error, error
 * gets one line "FILE:LINE: error; what is expected". Returns 0; IUPLUS_ERR_IO if the file cannot be read;
 * IUPLUS_ERR_SYNTAX if the file does not match the table (the caller prints error and exits with 66 or 78; out must
 * then not be used). */
int node_conf_read(const char *path, const struct node_conf_section *table, void *out, char error[NODE_CONF_ERROR]);

/* As node_conf_read() from text of len octets; name is its name in error lines. Returns 0 or IUPLUS_ERR_SYNTAX. */
int node_conf_parse(const char *name, const char *text, size_t len, const struct node_conf_section *table, void *out,
		    char error[NODE_CONF_ERROR]);

/* Prints the struct at in as a file that reads back to the same values. Keys whose text is empty are left out.
 * Returns 0, or IUPLUS_ERR_IO if the stream failed. */
int node_conf_print(FILE *stream, const struct node_conf_section *table, const void *in);

/* The same for a person: instead of a secret value it prints the comment "# NAME is hidden". */
int node_conf_show(FILE *stream, const struct node_conf_section *table, const void *in);

/* Reads one value like the reader of files, for command line options. out is the place of the value itself.
 * right (NODE_CONF_ERROR octets) gets the expected form if the value is wrong.
 * Returns 0 or IUPLUS_ERR_SYNTAX. */
int node_conf_value(const struct node_conf_key *key, const char *value, void *out, char right[NODE_CONF_ERROR]);

#endif

/* SPDX-License-Identifier: BSD-2-Clause */
/* xer_in.c: values from basic XER: XML becomes a tree, which is converted by the type into the JSON that json_in.c
 * reads. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <INTEGER.h>

#include "asn1/text/containing.h"
#include "asn1/text/json_in.h"

#define DEEPEST 200u

/* An element: its text, or its children. */
struct element {
	struct element *next, *first, *last;
	const char *name;
	size_t name_length;
	char *text; /* the character data in one piece; NULL if there are only blanks */
	long bits;  /* the attribute; -1 if absent */
};

struct xer {
	struct iuplus_arena *arena;
	const char *at, *end;
	unsigned depth;
	const char *protocol;
	struct per_failure failure;
};

static int bad(struct xer *x, const char *what)
{
	return per_fail(&x->failure, IUPLUS_ERR_SYNTAX, what, 0);
}

static int out_of_memory(struct xer *x)
{
	return per_fail(&x->failure, IUPLUS_ERR_MEMORY, "no memory", 0);
}

/* ---- XML: elements, character data, the five entities; only the attribute "bits", no DTD ---- */

static bool starts(const struct xer *x, const char *s)
{
	size_t n = strlen(s);

	return (size_t)(x->end - x->at) >= n && memcmp(x->at, s, n) == 0;
}

static bool space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
	       c == '.' || c == ':';
}

static bool skip_past(struct xer *x, const char *s)
{
	for (; x->at < x->end; x->at++) {
		if (starts(x, s)) {
			x->at += strlen(s);
			return true;
		}
	}
	return false;
}

/* Blanks, comments, processing instructions. */
static int skip(struct xer *x)
{
	for (;;) {
		while (x->at < x->end && space(*x->at))
			x->at++;
		if (starts(x, "<!--")) {
			if (!skip_past(x, "-->"))
				return bad(x, "an unterminated comment");
		} else if (starts(x, "<?")) {
			if (!skip_past(x, "?>"))
				return bad(x, "an unterminated processing instruction");
		} else if (starts(x, "<!")) {
			return bad(x, "a document type is not supported");
		} else {
			return 0;
		}
	}
}

static int entity(struct xer *x, char *to)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' } };
	unsigned i;

	for (i = 0; i < sizeof(entities) / sizeof(entities[0]); i++) {
		if (starts(x, entities[i].name)) {
			*to = entities[i].c;
			x->at += strlen(entities[i].name);
			return 0;
		}
	}
	return bad(x, "an unsupported entity");
}

/* Character data up to the next tag; *text is NULL if it is blank. */
static int characters(struct xer *x, char **text)
{
	const char *from = x->at, *tag = memchr(from, '<', (size_t)(x->end - from));
	char *s;
	size_t n = 0, first;
	int rc;

	if (!tag)
		return bad(x, "an unterminated element");
	s = arena_take(x->arena, (size_t)(tag - from) + 1);
	if (!s)
		return out_of_memory(x);
	while (x->at < tag) {
		if (*x->at == '&') {
			rc = entity(x, &s[n++]);
			if (rc)
				return rc;
		} else {
			if (*x->at == '\0' || *x->at & 128)
				return bad(x, "an invalid character");
			s[n++] = *x->at++;
		}
	}
	while (n > 0 && space(s[n - 1]))
		n--;
	for (first = 0; first < n && space(s[first]); first++)
		;
	s[n] = '\0';
	*text = n > first ? s + first : NULL;
	return 0;
}

static int attributes(struct xer *x, struct element *e)
{
	for (;;) {
		while (x->at < x->end && space(*x->at))
			x->at++;
		if (x->at == x->end)
			return bad(x, "an unterminated tag");
		if (*x->at == '>' || *x->at == '/')
			return 0;
		if (!starts(x, "bits=\""))
			return bad(x, "an unsupported attribute");
		x->at += 6;
		for (e->bits = 0; x->at < x->end && *x->at >= '0' && *x->at <= '9' && e->bits < 100000000; x->at++)
			e->bits = 10 * e->bits + (*x->at - '0');
		if (x->at == x->end || *x->at++ != '"')
			return bad(x, "an unterminated attribute");
	}
}

static int content(struct xer *x, struct element *e);

static int element(struct xer *x, struct element **to)
{
	struct element *e = arena_take(x->arena, sizeof(*e));
	int rc;

	if (!e)
		return out_of_memory(x);
	if (x->at == x->end || *x->at != '<')
		return bad(x, "not an element");
	e->bits = -1;
	e->name = ++x->at;
	while (x->at < x->end && name_char(*x->at))
		x->at++;
	e->name_length = (size_t)(x->at - e->name);
	if (e->name_length == 0)
		return bad(x, "an element without a name");
	rc = attributes(x, e);
	if (rc)
		return rc;
	*to = e;
	if (*x->at == '/') {
		x->at++;
		if (x->at == x->end || *x->at++ != '>')
			return bad(x, "an unterminated tag");
		return 0;
	}
	x->at++;
	if (x->depth == DEEPEST)
		return bad(x, "nested too deep");
	x->depth++;
	rc = content(x, e);
	x->depth--;
	return rc;
}

/* The contents of an element, and its end tag. */
static int content(struct xer *x, struct element *e)
{
	struct element *child;
	char *text = NULL;
	int rc;

	for (;;) {
		rc = characters(x, &text);
		if (rc)
			return rc;
		if (text && (e->text || e->first))
			return bad(x, "text next to elements");
		if (text)
			e->text = text;
		if (starts(x, "<!") || starts(x, "<?")) {
			rc = skip(x);
			if (rc)
				return rc;
			continue;
		}
		if (starts(x, "</")) {
			x->at += 2;
			if ((size_t)(x->end - x->at) <= e->name_length || memcmp(x->at, e->name, e->name_length) != 0 ||
			    x->at[e->name_length] != '>')
				return bad(x, "an end tag of another element");
			x->at += e->name_length + 1;
			return 0;
		}
		if (e->text)
			return bad(x, "text next to elements");
		rc = element(x, &child);
		if (rc)
			return rc;
		if (e->last)
			e->last->next = child;
		else
			e->first = child;
		e->last = child;
	}
}

/* ---- the tree into JSON, by the type ---- */

static int convert(struct xer *x, const struct per_type *t, const struct element *e, json_t **j);

static int wrong(struct xer *x, const char *what)
{
	return per_fail(&x->failure, IUPLUS_ERR_CONSTRAINT, what, 0);
}

static bool named(const struct element *e, const char *name)
{
	return strlen(name) == e->name_length && memcmp(name, e->name, e->name_length) == 0;
}

static int in_element(struct xer *x, int rc, const struct element *e)
{
	char name[128];
	size_t n = e->name_length < sizeof(name) ? e->name_length : sizeof(name) - 1;

	memcpy(name, e->name, n);
	name[n] = '\0';
	return rc ? per_fail_in(&x->failure, rc, name, 0) : 0;
}

/* Adds j as a member; takes ownership of j in any case. */
static int put(struct xer *x, json_t *object, const char *name, json_t *j)
{
	if (json_object_get(object, name)) {
		json_decref(j);
		return wrong(x, "a repeated element");
	}
	return j && json_object_set_new(object, name, j) == 0 ? 0 : out_of_memory(x);
}

static const char *text_of(const struct element *e)
{
	return e->text ? e->text : "";
}

/* Text without its blanks, in the arena. */
static const char *squeezed(struct xer *x, const char *s, const char *before)
{
	size_t n = strlen(before);
	char *to = arena_take(x->arena, strlen(s) + n + 1);

	if (!to)
		return NULL;
	memcpy(to, before, n);
	for (; *s; s++) {
		if (!space(*s))
			to[n++] = *s;
	}
	to[n] = '\0';
	return to;
}

static int made(struct xer *x, json_t **j)
{
	return *j ? 0 : out_of_memory(x);
}

static int integer(struct xer *x, const struct element *e, json_t **j)
{
	char *after;
	long long v;

	if (e->first && !e->first->next && !e->first->first) {
		/* a named number may be given by its name */
		*j = json_stringn(e->first->name, e->first->name_length);
		return made(x, j);
	}
	errno = 0;
	v = strtoll(text_of(e), &after, 10);
	if (*after || after == text_of(e) || errno == ERANGE)
		return wrong(x, "not a whole number of at most 64 bits");
	*j = json_integer(v);
	return made(x, j);
}

/* The name of the only child. */
static int name_inside(struct xer *x, const struct element *e, json_t **j)
{
	if (!e->first || e->first->next || e->first->first || e->first->text)
		return wrong(x, "not one empty element");
	*j = json_stringn(e->first->name, e->first->name_length);
	return made(x, j);
}

static int enumerated(struct xer *x, const struct element *e, json_t **j)
{
	char *after;
	long v;

	if (!e->text)
		return name_inside(x, e, j);
	v = strtol(e->text, &after, 10);
	if (*after)
		return wrong(x, "not a value of the enumeration");
	*j = json_pack("{s:I}", "asn1_enum", (json_int_t)v);
	return made(x, j);
}

static int boolean(struct xer *x, const struct element *e, json_t **j)
{
	if (!e || (!named(e, "true") && !named(e, "false")) || e->first || e->text)
		return wrong(x, "neither <true/> nor <false/>");
	*j = json_boolean(named(e, "true"));
	return made(x, j);
}

/* A string that contains an encoding: the element of its type. */
static int containing(struct xer *x, const struct element *e, json_t **j)
{
	const char *outer = x->protocol;
	char name[128];
	const struct iuplus_asn1_type *type = NULL;
	json_t *value = NULL, *inner;
	int rc;

	if (e->first->name_length < sizeof(name)) {
		memcpy(name, e->first->name, e->first->name_length);
		name[e->first->name_length] = '\0';
		type = per_contained_type(name);
	}
	if (!type || e->first->next)
		return wrong(x, "not one element of a type that is known");
	x->protocol = type->protocol;
	rc = in_element(x, convert(x, per_type_of(type), e->first, &value), e->first);
	x->protocol = outer;
	if (rc) {
		json_decref(value);
		return rc;
	}
	inner = json_object();
	*j = json_object();
	if (!inner || !*j) {
		json_decref(value);
		json_decref(inner);
		return out_of_memory(x);
	}
	rc = put(x, inner, name, value);
	if (rc) {
		json_decref(inner);
		return rc;
	}
	rc = put(x, *j, "containing", inner);
	if (!rc && e->bits >= 0)
		rc = put(x, *j, "bits", json_integer(e->bits));
	return rc;
}

static int string(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const char *s = text_of(e), *bits;
	json_t *one;
	size_t i;

	if (t->kind == PER_CHARACTERS) {
		*j = json_string(s);
		return made(x, j);
	}
	if (e->first && !(t->name_count && !e->first->first && !e->first->text))
		return containing(x, e, j);
	if (t->kind == PER_OCTETS || t->kind == PER_OID) {
		s = squeezed(x, s, "");
		*j = s ? json_string(s) : NULL;
		return made(x, j);
	}
	bits = squeezed(x, s, "b'");
	if (!bits)
		return out_of_memory(x);
	if (!t->name_count) {
		*j = json_string(bits);
		return made(x, j);
	}
	/* named bits: the text has all bits, not their names */
	*j = json_array();
	for (i = 0, bits += 2; *j && bits[i]; i++) {
		if (bits[i] != '0' && bits[i] != '1')
			return wrong(x, "neither 0 nor 1");
		one = bits[i] == '1' ? json_pack("{s:I}", "bit", (json_int_t)i) : NULL;
		if (bits[i] == '1' && (!one || json_array_append_new(*j, one)))
			return out_of_memory(x);
	}
	return made(x, j);
}

static const struct per_member *member_of(const struct per_type *t, const struct element *e)
{
	unsigned i;

	for (i = 0; i < t->count; i++) {
		if (named(e, t->members[i].name))
			return &t->members[i];
	}
	return NULL;
}

static int members(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const struct element *c;
	int rc;

	*j = json_object();
	if (!*j)
		return out_of_memory(x);
	for (c = e->first; c; c = c->next) {
		const struct per_member *m = member_of(t, c);
		json_t *v = NULL;

		rc = m ? convert(x, m->type, c, &v) : wrong(x, "an element that the type does not have");
		if (!rc)
			rc = put(x, *j, m->name, v);
		else
			json_decref(v);
		if (rc)
			return in_element(x, rc, c);
	}
	return 0;
}

/* A CHOICE; c is the element of its alternative. */
static int alternative(struct xer *x, const struct per_type *t, const struct element *c, json_t **j)
{
	struct element whole = { .first = (struct element *)(uintptr_t)c, .bits = -1 };
	struct element only;

	if (!c) {
		*j = json_null();
		return 0;
	}
	only = *c;
	only.next = NULL;
	whole.first = whole.last = &only;
	return members(x, t, &whole, j);
}

static int list(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const struct per_type *item = t->members[0].type;
	const struct element *c;
	unsigned index = 0;
	int rc;

	*j = json_array();
	if (!*j)
		return out_of_memory(x);
	for (c = e->first; c; c = c->next, index++) {
		struct element around = { .bits = -1 };
		struct element only = *c;
		json_t *v = NULL;

		only.next = NULL;
		around.first = around.last = &only;
		if (item->kind == PER_CHOICE)
			rc = alternative(x, item, c, &v);
		else if (item->kind == PER_BOOLEAN)
			rc = boolean(x, c, &v);
		else if (item->kind == PER_ENUMERATED && !c->first && !c->text)
			rc = name_inside(x, &around, &v);
		else
			rc = convert(x, item, c, &v);
		if (!rc && json_array_append_new(*j, v))
			rc = out_of_memory(x);
		else if (rc)
			json_decref(v);
		if (rc)
			return per_fail_in(&x->failure, rc, NULL, index);
	}
	return 0;
}

/* An open type's element: the type's element inside, or octets. */
static int open_value(struct xer *x, const struct per_type *t, const struct element *e, bool direct, json_t **j)
{
	const char *s;

	if (e->first && !e->first->next && t)
		return in_element(x, convert(x, t, e->first, j), e->first);
	if (e->first)
		return wrong(x, "not one element of a type that is known");
	s = squeezed(x, text_of(e), "");
	if (!s)
		return out_of_memory(x);
	*j = direct ? json_string(s) : json_pack("{s:s}", "$open", s);
	return made(x, j);
}

static const struct element *child(const struct element *e, const char *name)
{
	const struct element *c;

	for (c = e->first; c && !named(c, name); c = c->next)
		;
	return c;
}

static int one_ie(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const struct per_set *s = t->set;
	const struct element *id = child(e, "id"), *c;
	const struct iuplus_asn1_type *inner = NULL;
	json_t *v = NULL;
	unsigned i;
	int rc;

	*j = json_object();
	if (!*j)
		return out_of_memory(x);
	rc = id ? integer(x, id, &v) : wrong(x, "an IE without an id");
	if (rc)
		return rc;
	for (i = 0; i < s->count && s->ies[i].id != json_integer_value(v); i++)
		;
	rc = put(x, *j, "id", v);
	for (c = e->first; !rc && c; c = c->next) {
		bool second = named(c, "secondValue");
		char name[32];

		if (c == id)
			continue;
		v = NULL;
		if (c->name_length >= sizeof(name))
			return wrong(x, "an element that an IE does not have");
		memcpy(name, c->name, c->name_length);
		name[c->name_length] = '\0';
		if (named(c, "criticality") || named(c, "firstCriticality") || named(c, "secondCriticality"))
			rc = name_inside(x, c, &v);
		else if (i == s->count)
			rc = open_value(x, NULL, c, false, &v);
		else if (s->kind == PER_SET_PAIR)
			rc = open_value(x, t->members[i].type->members[second].type, c, false, &v);
		else if (!s->ies[i].direct)
			rc = open_value(x, t->members[i].type, c, false, &v);
		else {
			inner = containing_direct(x->protocol, t->members[i].name);
			rc = open_value(x, inner ? per_type_of(inner) : NULL, c, true, &v);
		}
		if (!rc)
			rc = put(x, *j, name, v);
		else
			json_decref(v);
		if (rc)
			in_element(x, rc, c);
	}
	return rc;
}

static int set(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const struct element *c;
	unsigned index = 0;
	json_t *v;
	int rc;

	if (t->set->single)
		return one_ie(x, t, e, j);
	*j = json_array();
	if (!*j)
		return out_of_memory(x);
	for (c = e->first; c; c = c->next, index++) {
		v = NULL;
		rc = one_ie(x, t, c, &v);
		if (rc) {
			json_decref(v);
			return per_fail_in(&x->failure, rc, NULL, index);
		}
		if (json_array_append_new(*j, v))
			return out_of_memory(x);
	}
	return 0;
}

/* The value's element is accepted by its own name, the type of a message; the procedure code selects the type. */
static int procedure(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	const struct per_procedures *p = t->procedures;
	const struct per_member *value = &t->members[p->value_member];
	const struct element *c;
	unsigned i;
	int rc = 0;

	*j = json_object();
	if (!*j)
		return out_of_memory(x);
	for (c = e->first; !rc && c; c = c->next) {
		const struct per_member *m = member_of(t, c);
		json_t *v = NULL;

		if (!m) {
			rc = wrong(x, "an element that the type does not have");
		} else if (m != value) {
			rc = convert(x, m->type, c, &v);
		} else {
			const struct per_type *message = NULL;

			for (i = 0; c->first && i < p->count; i++) {
				const char *name = per_type_name(value->type->members[i].type, x->protocol);

				if (name && named(c->first, name))
					message = value->type->members[i].type;
			}
			rc = open_value(x, message, c, false, &v);
		}
		if (!rc)
			rc = put(x, *j, m->name, v);
		else
			json_decref(v);
		if (rc)
			in_element(x, rc, c);
	}
	return rc;
}

static int convert(struct xer *x, const struct per_type *t, const struct element *e, json_t **j)
{
	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		*j = json_null();
		return e->first || e->text ? wrong(x, "not an empty element") : 0;
	case PER_BOOLEAN:
		return boolean(x, e->first, j);
	case PER_INTEGER:
	case PER_BIG_INTEGER:
		return integer(x, e, j);
	case PER_ENUMERATED:
		return enumerated(x, e, j);
	case PER_BITS:
	case PER_OCTETS:
	case PER_OID:
	case PER_CHARACTERS:
		return string(x, t, e, j);
	case PER_SEQUENCE:
		return members(x, t, e, j);
	case PER_CHOICE:
		return e->first && e->first->next ? wrong(x, "more than one alternative") :
						    alternative(x, t, e->first, j);
	case PER_LIST:
		return list(x, t, e, j);
	case PER_SET:
		return set(x, t, e, j);
	case PER_PROCEDURE:
		return procedure(x, t, e, j);
	}
	return wrong(x, "type without a reader");
}

int iuplus_asn1_from_xer(const struct iuplus_asn1_type *type, const char *text, size_t len, struct iuplus_arena *arena,
			 void **value, size_t *used, struct iuplus_asn1_error *error)
{
	const struct per_type *t = per_type_of(type);
	struct xer x = { .arena = arena, .at = text, .end = text ? text + len : NULL };
	struct element *root = NULL;
	json_t *j = NULL;
	int rc;

	per_fail(&x.failure, 0, NULL, 0);
	if (used)
		*used = 0;
	if (!t || !text || !arena || !value) {
		per_fail(&x.failure, IUPLUS_ERR_ARGUMENT, "no such type, text, arena or value", 0);
		per_text_error(error, type, IUPLUS_ERR_ARGUMENT, &x.failure);
		return IUPLUS_ERR_ARGUMENT;
	}
	*value = NULL;
	x.protocol = type->protocol;
	rc = skip(&x);
	if (!rc)
		rc = element(&x, &root);
	if (rc == IUPLUS_ERR_SYNTAX)
		x.failure.at = (size_t)(x.at - text);
	if (!rc && used)
		*used = (size_t)(x.at - text);
	if (!rc && !named(root, type->name))
		rc = wrong(&x, "not an element of this type");
	if (!rc)
		rc = convert(&x, t, root, &j);
	if (rc)
		per_text_error(error, type, rc, &x.failure);
	else
		rc = per_from_json(type, j, arena, value, error);
	json_decref(j);
	return rc;
}

/* SPDX-License-Identifier: BSD-2-Clause */
/* per_build.c: converts asn1c's descriptors and resolve.pl's tables into the engine's own, once.
 * A type of the engine combines a descriptor with the constraints of a member. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <asn_application.h>
#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <INTEGER.h>
#include <OBJECT_IDENTIFIER.h>
#include <OCTET_STRING.h>
#include <constr_CHOICE.h>
#include <constr_SEQUENCE.h>
#include <constr_SET_OF.h>

#include "asn1/per/per.h"
#include "asn1/per/per_strings.h"

const asn_OCTET_STRING_specifics_t per_bit_string_specifics = { sizeof(BIT_STRING_t), offsetof(BIT_STRING_t, _asn_ctx),
								ASN_OSUBV_BIT };

struct node {
	struct per_type type;
	const asn_TYPE_descriptor_t *td;
	const asn_per_constraints_t *constraints;
	struct node *next; /* in its bucket */
	struct node *next_made;
	struct per_member *members; /* type.members, while they may still change */
	struct per_ranges gaps[2];
	bool measured, measuring;
	bool walked, walking;
};

#define BUCKETS 8192u
static struct node **buckets;
static struct node *made;
static const struct per_type **by_number;
const struct per_type *const *per_built;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static struct node *node_of(const asn_TYPE_descriptor_t *td, const asn_per_constraints_t *constraints);

static int universal_tag(const asn_TYPE_descriptor_t *td)
{
	ber_tlv_tag_t tag;
	int i;

	if (td->all_tags_count == 0)
		return -1;
	/* asn1c's own UTCTime and string types also have the tag of VisibleString or OCTET STRING, after their own
	 * tag. */
	for (i = 0; i < td->all_tags_count; i++) {
		tag = td->all_tags[i];
		if (BER_TAG_CLASS(tag) == ASN_TAG_CLASS_UNIVERSAL)
			return (int)BER_TAG_VALUE(tag);
	}
	return -1;
}

static void set_kind(struct node *n)
{
	struct per_type *t = &n->type;

	switch (universal_tag(n->td)) {
	case 1:
		t->kind = PER_BOOLEAN;
		t->size = sizeof(BOOLEAN_t);
		break;
	case 2:
		t->kind = n->td->print_struct == INTEGER_print ? PER_BIG_INTEGER : PER_INTEGER;
		t->size = t->kind == PER_INTEGER ? sizeof(long) : sizeof(INTEGER_t);
		break;
	case 3:
		t->kind = PER_BITS;
		t->size = sizeof(BIT_STRING_t);
		break;
	case 4:
		t->kind = PER_OCTETS;
		t->size = sizeof(OCTET_STRING_t);
		break;
	case 5:
		t->kind = PER_NULL;
		t->size = sizeof(int);
		break;
	case 6:
		t->kind = PER_OID;
		t->size = sizeof(OBJECT_IDENTIFIER_t);
		break;
	case 10:
		t->kind = PER_ENUMERATED;
		t->size = sizeof(long);
		break;
	case 16:
		/* an item of a list has no name */
		if (n->td->elements_count == 1 && n->td->elements[0].name[0] == '\0') {
			t->kind = PER_LIST;
			t->size = (uint32_t)((const asn_SET_OF_specifics_t *)n->td->specifics)->struct_size;
		} else {
			t->kind = PER_SEQUENCE;
			t->size = (uint32_t)((const asn_SEQUENCE_specifics_t *)n->td->specifics)->struct_size;
		}
		break;
	case -1:
		t->kind = PER_CHOICE;
		t->size = (uint32_t)((const asn_CHOICE_specifics_t *)n->td->specifics)->struct_size;
		break;
	default:
		t->kind = PER_CHARACTERS;
		t->size = sizeof(OCTET_STRING_t);
		break;
	}
}

static unsigned bits_for(uint64_t span)
{
	return span == 0 ? 0 : 64u - (unsigned)__builtin_clzll(span);
}

static void set_bounds(struct per_bounds *b, int64_t low, int64_t high)
{
	b->low = low;
	b->high = high;
	b->span = (uint64_t)high - (uint64_t)low;
	b->constrained = 1;
	b->bits = (uint8_t)bits_for(b->span);
	if (b->span < 255)
		b->form = PER_FIELD;
	else if (b->span == 255)
		b->form = PER_ONE_OCTET;
	else if (b->span < 65536)
		b->form = PER_TWO_OCTETS;
	else
		b->form = PER_COUNTED;
	b->count_bits = (uint8_t)bits_for((b->bits + 7u) / 8 - 1);
}

static void read_bounds(struct per_bounds *b, const asn_per_constraint_t *c, bool is_unsigned)
{
	b->extensible = (c->flags & APC_EXTENSIBLE) != 0;
	if (c->flags & APC_CONSTRAINED)
		set_bounds(b, c->lower_bound, is_unsigned && c->upper_bound < 0 ? INT64_MAX : c->upper_bound);
	else if (c->flags & APC_SEMI_CONSTRAINED) {
		b->semi = 1;
		b->low = c->lower_bound;
	}
}

/* A size of 64K or more units is encoded as if it had no upper bound (X.691 11.9.4.2), but it is checked. */
static void read_size(struct per_bounds *b, const asn_per_constraints_t *c)
{
	if (c)
		read_bounds(b, &c->size, false);
	if (!b->constrained && !b->semi) {
		b->semi = 1;
		b->low = 0;
	}
	if (b->constrained && b->high >= 65536)
		b->semi = 1;
	if (!b->constrained)
		b->high = INT64_MAX;
}

static bool build_enumeration(struct node *n)
{
	const asn_INTEGER_specifics_t *s = n->td->specifics;
	struct per_type *t = &n->type;
	long *values;
	int i;

	t->enumeration = s;
	t->count = (uint16_t)s->map_count;
	t->extensible = s->extension != 0;
	t->root = (uint16_t)(s->extension ? s->extension - 1 : s->map_count);
	set_bounds(&t->bounds, 0, t->root ? t->root - 1 : 0);
	t->plain_enum = 1;
	values = per_keep(t->count, sizeof(*values));
	if (!values)
		return false;
	for (i = 0; i < s->map_count; i++) {
		values[i] = s->value2enum[i].nat_value;
		if (values[i] != i)
			t->plain_enum = 0;
	}
	t->values = values;
	return true;
}

static bool build_members(struct node *n)
{
	struct per_type *t = &n->type;
	int i, count = n->td->elements_count;
	struct per_member *m = per_keep((size_t)count, sizeof(*m));

	if (!m)
		return false;
	n->members = m;
	t->members = m;
	t->count = (uint16_t)count;
	t->root = t->count;
	for (i = 0; i < count; i++) {
		const asn_TYPE_member_t *e = &n->td->elements[i];
		struct node *type =
			node_of(e->type, e->per_constraints ? e->per_constraints : e->type->per_constraints);

		if (!type)
			return false;
		m[i].type = &type->type;
		m[i].name = e->name;
		m[i].offset = (uint32_t)e->memb_offset;
		m[i].pointer = (e->flags & ATF_POINTER) != 0;
		m[i].optional = e->optional != 0;
		m[i].own = m[i].optional && strstr(e->name, "Iuplus") != NULL && type->td->elements_count > 0;
		m[i].unknown_branch = !m[i].optional && strncmp(e->name, "criticalExtension", 17) == 0 &&
				      universal_tag(e->type) == 16 && e->type->elements_count == 0;
	}
	return true;
}

static bool build_sequence(struct node *n)
{
	const asn_SEQUENCE_specifics_t *s = n->td->specifics;
	struct per_type *t = &n->type;
	unsigned i;

	if (!build_members(n))
		return false;
	/* the extension's members are those in between; a root that continues after them does not occur in the
	 * project's modules */
	if (s->ext_after >= 0) {
		t->extensible = 1;
		t->root = (uint16_t)(s->ext_after + 1);
		if (t->root > t->count)
			t->root = t->count;
	}
	for (i = 0; i < t->root; i++)
		t->optional = (uint16_t)(t->optional + t->members[i].optional);
	return true;
}

static bool build_choice(struct node *n)
{
	const asn_CHOICE_specifics_t *s = n->td->specifics;
	struct per_type *t = &n->type;

	if (!build_members(n))
		return false;
	t->present_offset = (uint32_t)s->pres_offset;
	if (s->ext_start >= 0) {
		t->extensible = 1;
		t->root = (uint16_t)s->ext_start;
	}
	set_bounds(&t->bounds, 0, t->root ? t->root - 1 : 0);
	return true;
}

static bool build(struct node *n)
{
	const asn_INTEGER_specifics_t *s;
	struct per_type *t = &n->type;

	set_kind(n);
	t->name = n->td->name;
	switch ((enum per_kind)t->kind) {
	case PER_INTEGER:
	case PER_BIG_INTEGER:
		s = n->td->specifics;
		t->is_unsigned = t->kind == PER_INTEGER && s && s->field_unsigned;
		if (n->constraints)
			read_bounds(&t->bounds, &n->constraints->value, t->is_unsigned);
		return true;
	case PER_ENUMERATED:
		return build_enumeration(n);
	case PER_BITS:
	case PER_OCTETS:
	case PER_CHARACTERS:
		read_size(&t->bounds, n->constraints);
		return true;
	case PER_LIST:
		read_size(&t->bounds, n->constraints);
		return build_members(n);
	case PER_SEQUENCE:
		return build_sequence(n);
	case PER_CHOICE:
		return build_choice(n);
	case PER_NULL:
	case PER_BOOLEAN:
	case PER_OID:
	case PER_SET:
	case PER_PROCEDURE:
		break;
	}
	return true;
}

static struct node *new_node(const asn_TYPE_descriptor_t *td, const asn_per_constraints_t *constraints)
{
	struct node *n = per_keep(1, sizeof(*n));

	if (!n)
		return NULL;
	n->td = td;
	n->constraints = constraints;
	n->next_made = made;
	made = n;
	return n;
}

static struct node *node_of(const asn_TYPE_descriptor_t *td, const asn_per_constraints_t *constraints)
{
	size_t bucket = (((uintptr_t)td >> 4) * 31 + ((uintptr_t)constraints >> 3)) % BUCKETS;
	struct node *n;

	for (n = buckets[bucket]; n; n = n->next) {
		if (n->td == td && n->constraints == constraints)
			return n;
	}
	n = new_node(td, constraints);
	if (!n)
		return NULL;
	n->next = buckets[bucket];
	buckets[bucket] = n;
	return build(n) ? n : NULL;
}

/* Gives a member its own copy of the type, so that a note changes no other member. */
static struct node *own_type(struct per_member *m)
{
	struct node *from = (struct node *)m->type, *n = new_node(from->td, from->constraints);

	if (!n)
		return NULL;
	n->type = from->type;
	n->members = from->members;
	memcpy(n->gaps, from->gaps, sizeof(n->gaps));
	if (n->type.gaps)
		n->type.gaps = n->gaps;
	m->type = &n->type;
	return n;
}

static struct per_member *find_member(struct node *n, const char *name, size_t length)
{
	unsigned i;

	if (n->type.kind == PER_LIST && length == 1 && name[0] == '*')
		return &n->members[0];
	for (i = 0; i < n->type.count && n->members; i++) {
		if (strlen(n->members[i].name) == length && memcmp(n->members[i].name, name, length) == 0)
			return &n->members[i];
	}
	return NULL;
}

static void take_note(struct node *n, const struct per_table_note *note)
{
	struct per_type *t = &n->type;
	unsigned which = 0;

	switch (note->kind) {
	case PER_NOTE_NAMES:
		t->names = note->names;
		t->name_count = (unsigned)note->number;
		break;
	case PER_NOTE_NAMED_BITS:
		t->named_bits = 1;
		break;
	case PER_NOTE_EXTENSION_VALUES:
	case PER_NOTE_EXTENSION_SIZES:
		which = 1;
		/* fall through */
	case PER_NOTE_VALUES:
	case PER_NOTE_SIZES:
		n->gaps[which].count = (unsigned)note->number;
		n->gaps[which].ranges = note->ranges;
		t->gaps = n->gaps;
		break;
	case PER_NOTE_CONTAINING:
	case PER_NOTE_DEFAULT:
		break;
	}
}

static bool apply_note(const struct per_table_note *note)
{
	struct node *n = node_of(note->descriptor, note->descriptor->per_constraints);
	const char *at = note->path;
	struct per_member *m = NULL;

	if (!n)
		return false;
	while (*at) {
		size_t length = strcspn(at, ".");

		if (m)
			n = (struct node *)m->type;
		m = find_member(n, at, length);
		if (!m)
			return true; /* a note on a type without members */
		at += length;
		if (*at == '.')
			at++;
	}
	if (note->kind == PER_NOTE_DEFAULT && m) {
		m->has_default = 1;
		m->default_value = note->number;
		return true;
	}
	if (note->kind == PER_NOTE_CONTAINING || note->kind == PER_NOTE_DEFAULT)
		return true;
	if (m) {
		n = own_type(m);
		if (!n)
			return false;
	}
	take_note(n, note);
	return true;
}

static bool apply_set(const struct per_table_set *s)
{
	struct node *n = node_of(s->descriptor, s->descriptor->per_constraints);
	struct per_set *set = per_keep(1, sizeof(*set));
	struct per_ie *ies = per_keep(s->count, sizeof(*ies));
	unsigned i;

	if (!n || !set || !ies)
		return false;
	set->kind = s->kind;
	set->single = s->single != 0;
	set->count = s->count;
	set->ies = ies;
	set->name = strchr(s->descriptor->name, '-') + 1;
	for (i = 0; i < s->count; i++) {
		ies[i].id = s->ies[i].id;
		ies[i].criticality = s->ies[i].criticality;
		ies[i].presence = s->ies[i].presence;
		ies[i].second_criticality = s->ies[i].second_criticality;
		ies[i].direct = s->ies[i].direct;
		ies[i].own = s->ies[i].own;
		set->mandatory += ies[i].presence == 2;
	}
	n->type.kind = PER_SET;
	n->type.set = set;
	memset(&n->type.bounds, 0, sizeof(n->type.bounds));
	set_bounds(&n->type.bounds, s->low, s->high);
	return true;
}

static bool apply_pdu(const struct per_table_pdu *p)
{
	struct node *n = node_of(p->descriptor, p->descriptor->per_constraints);
	struct per_procedures *r = per_keep(1, sizeof(*r));
	unsigned i;

	if (!n || !r)
		return false;
	r->count = p->count;
	r->list = p->procedures;
	memset(r->by_key, (int)p->count, sizeof(r->by_key));
	for (i = 0; i < p->count; i++)
		r->by_key[p->procedures[i].key % PER_KEYS] = (uint8_t)i;
	r->value_member = (unsigned)n->type.count - 1;
	r->key_parts = 1;
	for (i = 0; i < n->type.count; i++) {
		const struct per_member *m = &n->members[i];

		if (strcmp(m->name, "criticality") == 0)
			r->criticality_member = i;
		if (strncmp(m->name, "procedure", 9) != 0)
			continue;
		r->key_member = i;
		if (m->type->kind == PER_SEQUENCE) {
			r->key_parts = 2;
			r->code_offset = m->type->members[0].offset;
			r->mode_offset = m->type->members[1].offset;
		}
	}
	r->simple = n->type.count == 3 && r->key_parts == 1 && r->key_member == 0 && r->criticality_member == 1;
	n->type.kind = PER_PROCEDURE;
	n->type.procedures = r;
	return true;
}

/* The minimum number of bits of a value, unaligned; it limits the count that a list may announce. */
static uint32_t measure(struct node *n)
{
	struct per_type *t = &n->type;
	uint64_t bits = 0, least = UINT32_MAX;
	unsigned i;

	if (n->measured || n->measuring)
		return t->least_bits;
	n->measuring = true;
	switch ((enum per_kind)t->kind) {
	case PER_NULL:
		break;
	case PER_BOOLEAN:
		bits = 1;
		break;
	case PER_INTEGER:
	case PER_BIG_INTEGER:
		bits = t->bounds.constrained ? t->bounds.bits : 8;
		if (t->bounds.constrained && t->bounds.bits > 8)
			bits = 8;
		bits += t->bounds.extensible;
		break;
	case PER_ENUMERATED:
		bits = t->bounds.bits + t->extensible;
		break;
	case PER_BITS:
	case PER_OCTETS:
	case PER_CHARACTERS:
		if (t->bounds.constrained && !t->bounds.semi && t->bounds.low <= 65535) {
			bits = t->bounds.span ? t->bounds.bits : 0;
			bits += (uint64_t)t->bounds.low * (t->kind == PER_BITS ? 1 : 7);
			if (t->bounds.extensible || t->bounds.span)
				bits = bits ? 1 : 0;
		} else {
			bits = 8;
		}
		break;
	case PER_OID:
		bits = 8;
		break;
	case PER_SEQUENCE:
		bits = (uint64_t)t->optional + t->extensible;
		for (i = 0; i < t->root; i++) {
			if (!t->members[i].optional)
				bits += measure((struct node *)t->members[i].type);
		}
		break;
	case PER_CHOICE:
		for (i = 0; i < t->root; i++) {
			uint32_t one = measure((struct node *)t->members[i].type);

			if (one < least)
				least = one;
		}
		bits = t->bounds.bits + t->extensible + (t->root ? least : 0);
		break;
	case PER_LIST:
		bits = t->bounds.constrained && !t->bounds.semi ? t->bounds.bits : 8;
		measure((struct node *)t->members[0].type);
		break;
	case PER_SET:
		bits = t->set->single ? 26 : t->bounds.bits;
		break;
	case PER_PROCEDURE:
		bits = 18;
		break;
	}
	t->least_bits = bits > UINT32_MAX ? UINT32_MAX : (uint32_t)bits;
	n->measured = true;
	n->measuring = false;
	return t->least_bits;
}

/* Marks one type of every circle, so that the nesting depth is checked only for these. */
static void find_circles(struct node *n)
{
	unsigned i;

	if (n->walking)
		n->type.recursive = 1;
	if (n->walked || n->walking)
		return;
	n->walking = true;
	for (i = 0; n->type.members && i < n->type.count; i++)
		find_circles((struct node *)n->type.members[i].type);
	n->walking = false;
	n->walked = true;
}

/* The width of a number that is one bit field, including the extension bit. */
static unsigned field_bits(const struct per_type *t)
{
	const struct per_bounds *b = &t->bounds;

	if (t->gaps || !b->constrained || b->semi || b->span == 0)
		return 0;
	switch ((enum per_kind)t->kind) {
	case PER_INTEGER:
		return b->bits + (unsigned)b->extensible;
	case PER_ENUMERATED:
		return t->plain_enum ? b->bits + (unsigned)t->extensible : 0;
	default:
		return 0;
	}
}

static void set_number(struct per_type *t)
{
	const struct per_bounds *b = &t->bounds;
	unsigned bits = field_bits(t);

	if (bits == 0 || bits > 57)
		return;
	t->field[0] = (uint8_t)bits;
	t->op[0] = PER_OP_FIELD;
	if (b->form == PER_FIELD) {
		t->field[1] = (uint8_t)bits;
		t->op[1] = PER_OP_FIELD;
	} else if (b->form != PER_COUNTED && !b->extensible && !t->extensible && t->kind == PER_INTEGER) {
		t->field[1] = b->form == PER_ONE_OCTET ? 8 : 16;
		t->op[1] = PER_OP_FIELD | PER_OP_ALIGN;
	}
}

/* Sets the data for inline reading and writing. */
static void set_fast(struct per_type *t)
{
	const struct per_bounds *b = &t->bounds;

	t->room = (uint32_t)arena_round(t->size);
	if (t->room == 0)
		t->room = ARENA_WORD;
	t->depth = PER_UNWRITTEN;
	t->depth = PER_UNWRITTEN;
	t->decode = t->recursive ? per_decode_deep : per_decoder(t->kind);
	t->encode = t->recursive ? per_encode_deep : per_encoder(t->kind);
	if (t->kind == PER_OCTETS && b->semi && !b->constrained && !b->extensible && b->low == 0)
		t->op[1] = PER_OP_SHORT;
	if (b->constrained && b->span == 0 && b->low > 0 && !b->semi && !b->extensible && !t->gaps) {
		if (t->kind == PER_OCTETS && b->low <= 255) {
			t->fixed = (uint8_t)b->low;
			t->op[0] = PER_OP_OCTETS;
			t->op[1] = b->low > 2 ? PER_OP_OCTETS | PER_OP_ALIGN : PER_OP_OCTETS;
		}
		if (t->kind == PER_BITS && b->low <= 57) {
			t->fixed = (uint8_t)b->low;
			t->op[0] = PER_OP_BITS;
			t->op[1] = b->low > 16 ? PER_OP_BITS | PER_OP_ALIGN : PER_OP_BITS;
		}
	}
	t->later_members = t->kind == PER_SEQUENCE && t->count > t->root;
	set_number(t);
}

/* The types of the IEs are known after all notes are processed. The engine relies on asn1c storing the pointers of a
 * set consecutively. */
static bool set_ies(struct per_type *t)
{
	struct per_ie *ies = (struct per_ie *)(uintptr_t)t->set->ies;
	struct per_set *set = (struct per_set *)(uintptr_t)t->set;
	unsigned i;

	set->plain = set->kind != PER_SET_PAIR && (set->single || t->bounds.form == PER_TWO_OCTETS);
	if (set->count != t->count - 1u || t->members[set->count].offset != set->count * sizeof(void *))
		return false;
	for (i = 0; i < t->set->count; i++) {
		ies[i].type = ies[i].direct ? &per_direct : t->members[i].type;
		ies[i].head = (uint32_t)ies[i].id << 2 | ies[i].criticality;
		if (t->set->kind == PER_SET_PAIR)
			ies[i].head = PER_NO_HEAD;
		if (t->members[i].offset != i * sizeof(void *))
			return false;
	}
	return true;
}

static bool build_everything(void)
{
	const struct per_tables *const *t;
	struct node *n;
	unsigned i;

	buckets = per_keep(BUCKETS, sizeof(struct node *));
	by_number = per_keep(iuplus_asn1_type_count, sizeof(*by_number));
	if (!buckets || !by_number)
		return false;
	for (i = 0; i < iuplus_asn1_type_count; i++) {
		asn_TYPE_descriptor_t *td = iuplus_asn1_types[i].descriptor;

		n = node_of(td, td->per_constraints);
		if (!n)
			return false;
		by_number[i] = &n->type;
	}
	for (t = per_all_tables; *t; t++) {
		for (i = 0; i < (*t)->set_count; i++) {
			if (!apply_set(&(*t)->sets[i]))
				return false;
		}
		for (i = 0; i < (*t)->pdu_count; i++) {
			if (!apply_pdu(&(*t)->pdus[i]))
				return false;
		}
		for (i = 0; i < (*t)->note_count; i++) {
			if (!apply_note(&(*t)->notes[i]))
				return false;
		}
	}
	for (n = made; n; n = n->next_made) {
		measure(n);
		find_circles(n);
	}
	for (n = made; n; n = n->next_made) {
		set_fast(&n->type);
		if (n->type.kind == PER_SET && !set_ies(&n->type))
			return false;
	}
	for (n = made; n; n = n->next_made) {
		if (!per_write_program(&n->type))
			return false;
	}
	for (n = made; n; n = n->next_made) {
		if (!per_write_program(&n->type))
			return false;
	}
	free(buckets);
	buckets = NULL;
	return true;
}

static void build_once(void)
{
	if (build_everything())
		__atomic_store_n(&per_built, by_number, __ATOMIC_RELEASE);
}

void per_build(void)
{
	pthread_once(&once, build_once);
}

// SPDX-License-Identifier: GPL-2.0
/*
 * Splay trees: binary trees whose last used node becomes the root. The root is its own
 * parent. Linux has none that drivers could see the links of. Pure code: it is also
 * compiled and tested on the host.
 */
#include "string.h"

/* Puts @with, or nothing, in the place of @links. */
static void replace(PRTL_SPLAY_LINKS links, PRTL_SPLAY_LINKS with)
{
	PRTL_SPLAY_LINKS parent = links->Parent;

	if (parent == links) {
		if (with)
			with->Parent = with;
		return;
	}
	if (parent->LeftChild == links)
		parent->LeftChild = with;
	else
		parent->RightChild = with;
	if (with)
		with->Parent = parent;
}

/* @links and its parent change places; the order of all nodes stays. */
static void rotate(PRTL_SPLAY_LINKS links)
{
	PRTL_SPLAY_LINKS parent = links->Parent, middle;
	bool left = parent->LeftChild == links;

	middle = left ? links->RightChild : links->LeftChild;
	replace(parent, links);
	if (left) {
		parent->LeftChild = middle;
		links->RightChild = parent;
	} else {
		parent->RightChild = middle;
		links->LeftChild = parent;
	}
	parent->Parent = links;
	if (middle)
		middle->Parent = parent;
}

/**
 * RtlSplay - make a node the root
 * @Links: the node
 *
 * IRQL: any, as for all here: who shares a tree locks it. Returns the
 * root, which is @Links.
 */
PRTL_SPLAY_LINKS RtlSplay(PRTL_SPLAY_LINKS Links)
{
	while (!RtlIsRoot(Links)) {
		PRTL_SPLAY_LINKS parent = Links->Parent;

		if (!RtlIsRoot(parent)) {
			bool straight = RtlIsLeftChild(parent) == RtlIsLeftChild(Links);

			rotate(straight ? parent : Links);
		}
		rotate(Links);
	}
	return Links;
}
EXPORT_SYMBOL(RtlSplay);

/**
 * RtlSubtreeSuccessor - the next node among those below
 * @Links: the node
 *
 * Returns NULL when there is none.
 */
PRTL_SPLAY_LINKS RtlSubtreeSuccessor(PRTL_SPLAY_LINKS Links)
{
	Links = Links->RightChild;
	while (Links && Links->LeftChild)
		Links = Links->LeftChild;
	return Links;
}
EXPORT_SYMBOL(RtlSubtreeSuccessor);

/**
 * RtlSubtreePredecessor - the previous node among those below
 * @Links: the node
 *
 * Returns NULL when there is none.
 */
PRTL_SPLAY_LINKS RtlSubtreePredecessor(PRTL_SPLAY_LINKS Links)
{
	Links = Links->LeftChild;
	while (Links && Links->RightChild)
		Links = Links->RightChild;
	return Links;
}
EXPORT_SYMBOL(RtlSubtreePredecessor);

/**
 * RtlRealSuccessor - the next node of the tree
 * @Links: the node
 *
 * Returns NULL when there is none.
 */
PRTL_SPLAY_LINKS RtlRealSuccessor(PRTL_SPLAY_LINKS Links)
{
	if (Links->RightChild)
		return RtlSubtreeSuccessor(Links);
	while (!RtlIsRoot(Links) && RtlIsRightChild(Links))
		Links = Links->Parent;
	return RtlIsRoot(Links) ? NULL : Links->Parent;
}
EXPORT_SYMBOL(RtlRealSuccessor);

/**
 * RtlRealPredecessor - the previous node of the tree
 * @Links: the node
 *
 * Returns NULL when there is none.
 */
PRTL_SPLAY_LINKS RtlRealPredecessor(PRTL_SPLAY_LINKS Links)
{
	if (Links->LeftChild)
		return RtlSubtreePredecessor(Links);
	while (!RtlIsRoot(Links) && RtlIsLeftChild(Links))
		Links = Links->Parent;
	return RtlIsRoot(Links) ? NULL : Links->Parent;
}
EXPORT_SYMBOL(RtlRealPredecessor);

/* Takes a node out; returns one next to its place, or NULL for an empty tree. */
static PRTL_SPLAY_LINKS take_out(PRTL_SPLAY_LINKS links)
{
	PRTL_SPLAY_LINKS child, parent;

	if (links->LeftChild && links->RightChild) {
		PRTL_SPLAY_LINKS heir = RtlSubtreePredecessor(links);

		parent = take_out(heir);
		/* The heir takes over all the links that are left. */
		replace(links, heir);
		heir->LeftChild = links->LeftChild;
		heir->RightChild = links->RightChild;
		if (heir->LeftChild)
			heir->LeftChild->Parent = heir;
		heir->RightChild->Parent = heir;
		return parent == links ? heir : parent;
	}
	child = links->LeftChild ?: links->RightChild;
	parent = RtlIsRoot(links) ? child : links->Parent;
	replace(links, child);
	return parent;
}

/**
 * RtlDelete - take a node out of its tree
 * @Links: the node
 *
 * Returns the new root, or NULL when the tree is empty.
 */
PRTL_SPLAY_LINKS RtlDelete(PRTL_SPLAY_LINKS Links)
{
	PRTL_SPLAY_LINKS near = take_out(Links);

	return near ? RtlSplay(near) : NULL;
}
EXPORT_SYMBOL(RtlDelete);

/**
 * RtlDeleteNoSplay - take a node out of its tree, whose form changes no more than it must
 * @Links: the node
 * @Root: the tree's root, updated
 */
void RtlDeleteNoSplay(PRTL_SPLAY_LINKS Links, PRTL_SPLAY_LINKS *Root)
{
	PRTL_SPLAY_LINKS near = take_out(Links);

	while (near && !RtlIsRoot(near))
		near = near->Parent;
	*Root = near;
}
EXPORT_SYMBOL(RtlDeleteNoSplay);

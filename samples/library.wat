;; A catalogue of books, and a desk that uses it: two components that were written apart, in
;; different languages as it were, composed into one.
;;
;;   catalog   keeps its strings in UTF-16; exports the resource `shelf`
;;   desk      keeps its strings in UTF-8; imports what the catalog exports
;;
;; Neither can read the other's memory. Each of the five functions that the desk takes from the
;; catalog is therefore reached through an adapter, and these adapters are what `fact compile`
;; makes: they check every value, allocate where it goes, translate UTF-8 to UTF-16 and back, move
;; handles between the tables of the two components.
;;
;;   fact compile samples/library.wat --text -o out    # the adapters, as text
;;   fact inspect samples/library.wat                  # who calls whom, with what
;;
;; What the composed component does for its own caller:
;;
;;   report: func(label: string, books: list<book>) -> string
;;       puts the books on a shelf and gives "label: title, title" back
;;   oldest: func(books: list<book>) -> option<book>
;;   open-shelves: func() -> u32
;;       0, as every shelf that was made was dropped again
(component $library

  ;; The allocator of both components: it only ever advances, and grows the memory when it must.
  ;; A canonical `realloc` gets (old address, old size, alignment, new size).
  (core module $libc
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 16))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32) (local $missing i32)
      ;; A block that shrinks stays where it is.
      (if (i32.and (i32.ne (local.get $old) (i32.const 0)) (i32.le_u (local.get $size) (local.get $old-size)))
        (then (return (local.get $old))))
      (local.set $new
        (i32.and
          (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $top (i32.add (local.get $new) (local.get $size)))
      (local.set $missing (i32.sub (global.get $top) (i32.mul (memory.size) (i32.const 65536))))
      (if (i32.gt_s (local.get $missing) (i32.const 0))
        (then
          (if (i32.eq (i32.const -1) (memory.grow (i32.add (i32.div_u (local.get $missing) (i32.const 65536)) (i32.const 1))))
            (then unreachable))))
      (memory.copy (local.get $new) (local.get $old) (local.get $old-size))
      (local.get $new)))

  ;; -------------------------------------------------------------------------------- catalog
  (component $catalog
    (alias outer $library $libc (core module $libc))
    (core instance $libc (instantiate $libc))

    ;; Counts the shelves that exist. It is a module of its own because the destructor must be
    ;; there before the resource type is.
    (core module $counter
      (global $open (mut i32) (i32.const 0))
      (func (export "opened") (global.set $open (i32.add (global.get $open) (i32.const 1))))
      (func (export "closed") (param $rep i32) (global.set $open (i32.sub (global.get $open) (i32.const 1))))
      (func (export "count") (result i32) (global.get $open)))
    (core instance $counter (instantiate $counter))

    (type $shelf-type (resource (rep i32) (dtor (core func $counter "closed"))))
    (core func $shelf-new (canon resource.new $shelf-type))

    ;; A shelf is 16 bytes: label, length of the label, first book, number of books.
    ;; A book is 24 bytes: title, length, author, length, year, next book on the shelf.
    (core module $impl
      (import "libc" "memory" (memory 1))
      (import "libc" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (import "counter" "opened" (func $opened))
      (import "resource" "new" (func $new (param i32) (result i32)))

      (func $allocate (param $size i32) (result i32)
        (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (local.get $size)))

      (func (export "constructor") (param $label i32) (param $label-len i32) (result i32)
        (local $shelf i32)
        (local.set $shelf (call $allocate (i32.const 16)))
        (i32.store offset=0 (local.get $shelf) (local.get $label))
        (i32.store offset=4 (local.get $shelf) (local.get $label-len))
        (i32.store offset=8 (local.get $shelf) (i32.const 0))
        (i32.store offset=12 (local.get $shelf) (i32.const 0))
        (call $opened)
        (call $new (local.get $shelf)))

      ;; The strings were allocated here, by the adapter: they are ours to keep.
      (func (export "add") (param $shelf i32)
        (param $title i32) (param $title-len i32) (param $author i32) (param $author-len i32) (param $year i32)
        (local $book i32)
        (local.set $book (call $allocate (i32.const 24)))
        (i32.store offset=0 (local.get $book) (local.get $title))
        (i32.store offset=4 (local.get $book) (local.get $title-len))
        (i32.store offset=8 (local.get $book) (local.get $author))
        (i32.store offset=12 (local.get $book) (local.get $author-len))
        (i32.store offset=16 (local.get $book) (local.get $year))
        (i32.store offset=20 (local.get $book) (i32.load offset=8 (local.get $shelf)))
        (i32.store offset=8 (local.get $shelf) (local.get $book))
        (i32.store offset=12 (local.get $shelf) (i32.add (i32.load offset=12 (local.get $shelf)) (i32.const 1))))

      ;; The label, then the titles in the order in which the books came.
      (func (export "titles") (param $shelf i32) (result i32)
        (local $strings i32) (local $count i32) (local $to i32) (local $book i32) (local $result i32)
        (local.set $count (i32.add (i32.load offset=12 (local.get $shelf)) (i32.const 1)))
        (local.set $strings (call $allocate (i32.mul (local.get $count) (i32.const 8))))
        (i64.store (local.get $strings) (i64.load (local.get $shelf)))
        ;; The newest book comes first on the shelf, so the list is filled from its end.
        (local.set $to (i32.add (local.get $strings) (i32.mul (local.get $count) (i32.const 8))))
        (local.set $book (i32.load offset=8 (local.get $shelf)))
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $book)))
            (local.set $to (i32.sub (local.get $to) (i32.const 8)))
            (i64.store (local.get $to) (i64.load (local.get $book)))
            (local.set $book (i32.load offset=20 (local.get $book)))
            (br $next)))
        (local.set $result (call $allocate (i32.const 8)))
        (i32.store offset=0 (local.get $result) (local.get $strings))
        (i32.store offset=4 (local.get $result) (local.get $count))
        (local.get $result))

      ;; option<book> in memory: the discriminant, then at 4 the book as the desk knows it.
      (func (export "oldest") (param $shelf i32) (result i32)
        (local $book i32) (local $oldest i32) (local $result i32)
        (local.set $result (call $allocate (i32.const 24)))
        (i32.store8 (local.get $result) (i32.const 0))
        (local.set $book (i32.load offset=8 (local.get $shelf)))
        (local.set $oldest (local.get $book))
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $book)))
            (if (i32.lt_u (i32.load offset=16 (local.get $book)) (i32.load offset=16 (local.get $oldest)))
              (then (local.set $oldest (local.get $book))))
            (local.set $book (i32.load offset=20 (local.get $book)))
            (br $next)))
        (if (local.get $oldest)
          (then
            (i32.store8 (local.get $result) (i32.const 1))
            (memory.copy (i32.add (local.get $result) (i32.const 4)) (local.get $oldest) (i32.const 20))))
        (local.get $result)))
    (core instance $impl (instantiate $impl
      (with "libc" (instance $libc))
      (with "counter" (instance $counter))
      (with "resource" (instance (export "new" (func $shelf-new))))))

    (type $book-type (record (field "title" string) (field "author" string) (field "year" u16)))
    (export $book "book" (type $book-type))
    (export $shelf "shelf" (type $shelf-type))
    (func (export "[constructor]shelf") (param "label" string) (result (own $shelf))
      (canon lift (core func $impl "constructor")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16))
    (func (export "[method]shelf.add") (param "self" (borrow $shelf)) (param "book" $book)
      (canon lift (core func $impl "add")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16))
    (func (export "[method]shelf.titles") (param "self" (borrow $shelf)) (result (list string))
      (canon lift (core func $impl "titles") (memory (core memory $libc "memory")) string-encoding=utf16))
    (func (export "[method]shelf.oldest") (param "self" (borrow $shelf)) (result (option $book))
      (canon lift (core func $impl "oldest") (memory (core memory $libc "memory")) string-encoding=utf16))
    (func (export "open-shelves") (result u32)
      (canon lift (core func $counter "count"))))

  ;; ----------------------------------------------------------------------------------- desk
  (component $desk
    (import "catalog" (instance $catalog
      (type $book-type (record (field "title" string) (field "author" string) (field "year" u16)))
      (export "book" (type $book (eq $book-type)))
      (export "shelf" (type $shelf (sub resource)))
      (export "[constructor]shelf" (func (param "label" string) (result (own $shelf))))
      (export "[method]shelf.add" (func (param "self" (borrow $shelf)) (param "book" $book)))
      (export "[method]shelf.titles" (func (param "self" (borrow $shelf)) (result (list string))))
      (export "[method]shelf.oldest" (func (param "self" (borrow $shelf)) (result (option $book))))
      (export "open-shelves" (func (result u32)))))
    (alias export $catalog "book" (type $book))
    (alias export $catalog "shelf" (type $shelf))

    (alias outer $library $libc (core module $libc))
    (core instance $libc (instantiate $libc))

    (core func $new (canon lower (func $catalog "[constructor]shelf")
      (memory (core memory $libc "memory")) string-encoding=utf8))
    (core func $add (canon lower (func $catalog "[method]shelf.add")
      (memory (core memory $libc "memory")) string-encoding=utf8))
    (core func $titles (canon lower (func $catalog "[method]shelf.titles")
      (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf8))
    (core func $oldest (canon lower (func $catalog "[method]shelf.oldest")
      (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf8))
    (core func $open-shelves (canon lower (func $catalog "open-shelves")))
    (core func $drop (canon resource.drop $shelf))

    ;; A book in memory is 20 bytes: title, length, author, length, year.
    (core module $impl
      (import "libc" "memory" (memory 1))
      (import "libc" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (import "catalog" "new" (func $new (param i32 i32) (result i32)))
      (import "catalog" "add" (func $add (param i32 i32 i32 i32 i32 i32)))
      (import "catalog" "titles" (func $titles (param i32 i32)))
      (import "catalog" "oldest" (func $oldest (param i32 i32)))
      (import "catalog" "open-shelves" (func $open-shelves (result i32)))
      (import "catalog" "drop" (func $drop (param i32)))

      (func $allocate (param $size i32) (result i32)
        (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (local.get $size)))

      ;; A shelf with the books on it; the handle is the caller's to drop.
      (func $shelf-of (param $label i32) (param $label-len i32) (param $books i32) (param $count i32) (result i32)
        (local $shelf i32)
        (local.set $shelf (call $new (local.get $label) (local.get $label-len)))
        (block $done
          (loop $next
            (br_if $done (i32.eqz (local.get $count)))
            (call $add (local.get $shelf)
              (i32.load offset=0 (local.get $books)) (i32.load offset=4 (local.get $books))
              (i32.load offset=8 (local.get $books)) (i32.load offset=12 (local.get $books))
              (i32.load16_u offset=16 (local.get $books)))
            (local.set $books (i32.add (local.get $books) (i32.const 20)))
            (local.set $count (i32.sub (local.get $count) (i32.const 1)))
            (br $next)))
        (local.get $shelf))

      ;; "label: title, title" out of ["label", "title", "title"].
      (func (export "report") (param $label i32) (param $label-len i32) (param $books i32) (param $count i32) (result i32)
        (local $shelf i32) (local $result i32) (local $strings i32) (local $size i32) (local $i i32) (local $text i32) (local $to i32)
        (local.set $shelf (call $shelf-of (local.get $label) (local.get $label-len) (local.get $books) (local.get $count)))
        (local.set $result (call $allocate (i32.const 8)))
        (call $titles (local.get $shelf) (local.get $result))
        (call $drop (local.get $shelf))
        (local.set $strings (i32.load offset=0 (local.get $result)))
        (local.set $count (i32.load offset=4 (local.get $result)))
        (loop $next
          (local.set $size (i32.add (local.get $size) (i32.add (i32.const 2)
            (i32.load offset=4 (i32.add (local.get $strings) (i32.mul (local.get $i) (i32.const 8)))))))
          (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
        (local.set $text (call $realloc (i32.const 0) (i32.const 0) (i32.const 1) (local.get $size)))
        (local.set $to (local.get $text))
        (local.set $i (i32.const 0))
        (loop $next
          (memory.copy (local.get $to) (i32.load offset=0 (local.get $strings)) (i32.load offset=4 (local.get $strings)))
          (local.set $to (i32.add (local.get $to) (i32.load offset=4 (local.get $strings))))
          (local.set $strings (i32.add (local.get $strings) (i32.const 8)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (if (i32.lt_u (local.get $i) (local.get $count))
            (then
              ;; ": " after the label, ", " between titles
              (i32.store16 align=1 (local.get $to)
                (select (i32.const 0x203a) (i32.const 0x202c) (i32.eq (local.get $i) (i32.const 1))))
              (local.set $to (i32.add (local.get $to) (i32.const 2)))
              (br $next))))
        (i32.store offset=0 (local.get $result) (local.get $text))
        (i32.store offset=4 (local.get $result) (i32.sub (local.get $to) (local.get $text)))
        (local.get $result))

      (func (export "oldest") (param $books i32) (param $count i32) (result i32)
        (local $shelf i32) (local $result i32)
        (local.set $shelf (call $shelf-of (i32.const 0) (i32.const 0) (local.get $books) (local.get $count)))
        (local.set $result (call $allocate (i32.const 24)))
        (call $oldest (local.get $shelf) (local.get $result))
        (call $drop (local.get $shelf))
        (local.get $result))

      (func (export "open-shelves") (result i32) (call $open-shelves)))
    (core instance $impl (instantiate $impl
      (with "libc" (instance $libc))
      (with "catalog" (instance
        (export "new" (func $new))
        (export "add" (func $add))
        (export "titles" (func $titles))
        (export "oldest" (func $oldest))
        (export "open-shelves" (func $open-shelves))
        (export "drop" (func $drop))))))

    (export $book-out "book" (type $book))
    (func (export "report") (param "label" string) (param "books" (list $book-out)) (result string)
      (canon lift (core func $impl "report")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf8))
    (func (export "oldest") (param "books" (list $book-out)) (result (option $book-out))
      (canon lift (core func $impl "oldest")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf8))
    (func (export "open-shelves") (result u32)
      (canon lift (core func $impl "open-shelves"))))

  ;; --------------------------------------------------------------------------------- together
  (instance $catalog (instantiate $catalog))
  (instance $desk (instantiate $desk (with "catalog" (instance $catalog))))
  (export $book "book" (type $desk "book"))
  (export "report" (func $desk "report") (func (param "label" string) (param "books" (list $book)) (result string)))
  (export "oldest" (func $desk "oldest") (func (param "books" (list $book)) (result (option $book))))
  (export "open-shelves" (func $desk "open-shelves")))

// Generated from /api/schema/ by `npm run api-types`: do not edit.

export interface paths {
  '/api/v1/accounts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sign up
     * @description Opens an account. It is not logged in yet.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * @description Letters, digits and @ . + - _
             * @example ann
             */
            username: string
            /** @example ann@example.org */
            email: string
            /** @description Not one of the best known, nor a name of yours. */
            password: string
            firstName?: string
            lastName?: string
            /** @description You want to hold events. Where that is not open to everybody, an admin decides. */
            organizer?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              username: string
              email: string
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The account that is logged in */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              username: string
              email: string
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/accounts/{accountId}/role': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Make somebody an organizer, or an attendee again */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @enum {string} */
            role: 'attendee' | 'organizer'
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              username: string
              email: string
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
            }
          }
        }
      }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Log in as a program
     * @description Gives an access token for an hour and a refresh token that is exchanged for the next pair, for a week.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * @description The username or the e-mail address.
             * @example ann
             */
            username: string
            password: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description Send it as `Authorization: Bearer …`. */
              accessToken: string
              /** @description Good for one refresh, until a week after the log-in. */
              refreshToken: string
              /** @description The life of the access token in seconds. */
              expiresIn: number
              /** Account */
              account: {
                /** Format: uuid */
                id: string
                number: number
                username: string
                email: string
                firstName: string
                lastName: string
                /** @enum {string} */
                role: 'attendee' | 'organizer' | 'admin'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
              }
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/session-refreshes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Exchange a refresh token for new tokens
     * @description Each is good once, and for ten seconds more in case the answer was lost. Coming later with a used one ends the session.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            refreshToken: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description Send it as `Authorization: Bearer …`. */
              accessToken: string
              /** @description Good for one refresh, until a week after the log-in. */
              refreshToken: string
              /** @description The life of the access token in seconds. */
              expiresIn: number
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/web-sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Log in as a browser
     * @description Sets the session cookie, which lives for a week and which no script can read.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * @description The username or the e-mail address.
             * @example ann
             */
            username: string
            password: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              username: string
              email: string
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/current': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Log out
     * @description Ends the session of the token or cookie that comes with the request, and with it all its tokens.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown
          }
          content?: never
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/venues': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Venues by name */
    get: {
      parameters: {
        query?: {
          text?: string
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                name: string
                address: string
                description: string
                /** @description Published events there, past ones included. */
                eventCount: number
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                can: {
                  edit: boolean
                }
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    /** Add a venue */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @example Main Hall */
            name: string
            address?: string
            description?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              name: string
              address: string
              description: string
              /** @description Published events there, past ones included. */
              eventCount: number
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              can: {
                edit: boolean
              }
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/venues/{venueId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One venue */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          venueId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              name: string
              address: string
              description: string
              /** @description Published events there, past ones included. */
              eventCount: number
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              can: {
                edit: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    /**
     * Remove a venue
     * @description Events that were to be there keep its name and address as text.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          venueId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown
          }
          content?: never
        }
      }
    }
    options?: never
    head?: never
    /** Change a venue */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          venueId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @example Main Hall */
            name?: string
            address?: string
            description?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              name: string
              address: string
              description: string
              /** @description Published events there, past ones included. */
              eventCount: number
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              can: {
                edit: boolean
              }
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Find events
     * @description Published events. Without `sort`: by start, or by relevance when `text` is searched for.
     */
    get: {
      parameters: {
        query?: {
          /** @description Words to search for; quotes keep them together, a minus leaves them out. */
          text?: string
          /**
           * @description Starts at this moment or later.
           * @example 2027-03-20T18:00:00.000Z
           */
          from?: string
          /**
           * @description Starts before this moment.
           * @example 2027-03-20T18:00:00.000Z
           */
          to?: string
          venueId?: string
          categoryId?: string
          organizerId?: string
          hasSeats?: boolean
          when?: 'upcoming' | 'past' | 'all'
          sort?:
            | 'startsAt'
            | '-startsAt'
            | 'createdAt'
            | '-createdAt'
            | 'title'
            | '-title'
            | 'popularity'
            | '-popularity'
            | 'relevance'
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                venue: {
                  /** Format: uuid */
                  id: string
                  name: string
                  address: string
                } | null
                place: string | null
                category: {
                  /** Format: uuid */
                  id: string
                  name: string
                } | null
                organizer: {
                  /** Format: uuid */
                  id: string
                  name: string
                }
                /** @enum {string} */
                status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
                capacity: number | null
                taken: number
                waiting: number
                seatsLeft: number | null
                registrationDeadline: string | null
                hasWaitlist: boolean
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    /**
     * Begin an event
     * @description As a draft: publish it to show it to everybody.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @example Rust for the rest of us */
            title: string
            /** @description Markdown. */
            description?: string
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            startsAt: string
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            endsAt: string
            /**
             * @description A zone of the IANA database.
             * @example Europe/Berlin
             */
            zone: string
            venueId?: string | null
            place?: string | null
            categoryId?: string | null
            capacity?: number | null
            registrationDeadline?: string | null
            /**
             * @description Whether people may wait in line when it is full.
             * @default true
             */
            hasWaitlist?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** My events, drafts included */
    get: {
      parameters: {
        query?: {
          when?: 'upcoming' | 'past' | 'all'
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                venue: {
                  /** Format: uuid */
                  id: string
                  name: string
                  address: string
                } | null
                place: string | null
                category: {
                  /** Format: uuid */
                  id: string
                  name: string
                } | null
                organizer: {
                  /** Format: uuid */
                  id: string
                  name: string
                }
                /** @enum {string} */
                status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
                capacity: number | null
                taken: number
                waiting: number
                seatsLeft: number | null
                registrationDeadline: string | null
                hasWaitlist: boolean
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One event */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description Its id or its slug. */
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    /**
     * Delete an event
     * @description One that people are registered for is cancelled first, so that they hear of it.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        204: {
          headers: {
            [name: string]: unknown
          }
          content?: never
        }
      }
    }
    options?: never
    head?: never
    /**
     * Change an event
     * @description `If-Match` with the ETag refuses when somebody was faster.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @example Rust for the rest of us */
            title?: string
            /** @description Markdown. */
            description?: string
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            startsAt?: string
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            endsAt?: string
            /**
             * @description A zone of the IANA database.
             * @example Europe/Berlin
             */
            zone?: string
            venueId?: string | null
            place?: string | null
            categoryId?: string | null
            capacity?: number | null
            registrationDeadline?: string | null
            /**
             * @description Whether people may wait in line when it is full.
             * @default true
             */
            hasWaitlist?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/events/{eventId}/publication': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Publish an event */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/closure': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Close registration */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    /** Open registration again */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Cancel an event
     * @description Ends every registration; everybody who had a place or waited for one gets a mail.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description Told in the mail. */
            reason?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              slug: string
              title: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              zone: string
              venue: {
                /** Format: uuid */
                id: string
                name: string
                address: string
              } | null
              place: string | null
              category: {
                /** Format: uuid */
                id: string
                name: string
              } | null
              organizer: {
                /** Format: uuid */
                id: string
                name: string
              }
              /** @enum {string} */
              status: 'draft' | 'open' | 'closed' | 'cancelled' | 'past'
              capacity: number | null
              taken: number
              waiting: number
              seatsLeft: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              version: number
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              updatedAt: string
              can: {
                edit: boolean
                publish: boolean
                close: boolean
                reopen: boolean
                cancel: boolean
                delete: boolean
                seeRegistrations: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/categories': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Categories by name */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                name: string
                description: string
              }[]
            }
          }
        }
      }
    }
    put?: never
    /** Name a category */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            description?: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              name: string
              description: string
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/registrations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who comes to an event
     * @description For its organizer, in the order of arrival.
     */
    get: {
      parameters: {
        query?: {
          status?: 'going' | 'waitlisted' | 'cancelled'
          /** @description Part of a name or an address. */
          text?: string
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                /** Format: uuid */
                eventId: string
                event: {
                  /** Format: uuid */
                  id: string
                  slug: string
                  title: string
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  startsAt: string
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  endsAt: string
                  zone: string
                  cancelledAt: string | null
                }
                name: string
                email: string
                /** @enum {string} */
                status: 'going' | 'waitlisted' | 'cancelled'
                position: number | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                promotedAt: string | null
                cancelledAt: string | null
                can: {
                  cancel: boolean
                }
              }[]
              nextCursor: string | null
              counts: {
                going: number
                waitlisted: number
                cancelled: number
              }
            }
          }
        }
      }
    }
    put?: never
    /**
     * Register for an event
     * @description Takes a seat, or a place on the waitlist when the event is full. As the account that is logged in with an empty body, or as a guest with a name and an address.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          eventId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            /** Format: email */
            email?: string
            /**
             * @description false: rather a 409 than a place in line.
             * @default true
             */
            waitlist?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              /** Format: uuid */
              eventId: string
              event: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                cancelledAt: string | null
              }
              name: string
              email: string
              /** @enum {string} */
              status: 'going' | 'waitlisted' | 'cancelled'
              position: number | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              promotedAt: string | null
              cancelledAt: string | null
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/registrations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** My registrations */
    get: {
      parameters: {
        query?: {
          eventId?: string
          when?: 'upcoming' | 'past' | 'all'
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                number: number
                /** Format: uuid */
                eventId: string
                event: {
                  /** Format: uuid */
                  id: string
                  slug: string
                  title: string
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  startsAt: string
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  endsAt: string
                  zone: string
                  cancelledAt: string | null
                }
                name: string
                email: string
                /** @enum {string} */
                status: 'going' | 'waitlisted' | 'cancelled'
                position: number | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                promotedAt: string | null
                cancelledAt: string | null
                can: {
                  cancel: boolean
                }
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/registrations/{registrationId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One registration */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          registrationId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              /** Format: uuid */
              eventId: string
              event: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                cancelledAt: string | null
              }
              name: string
              email: string
              /** @enum {string} */
              status: 'going' | 'waitlisted' | 'cancelled'
              position: number | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              promotedAt: string | null
              cancelledAt: string | null
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/registrations/{registrationId}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Give the place back
     * @description By who holds it or by the organizer. The head of the waitlist has it at once.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          registrationId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              /** Format: uuid */
              eventId: string
              event: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                cancelledAt: string | null
              }
              name: string
              email: string
              /** @enum {string} */
              status: 'going' | 'waitlisted' | 'cancelled'
              position: number | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              promotedAt: string | null
              cancelledAt: string | null
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/guest-links/{token}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The registration behind a guest’s link */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              /** Format: uuid */
              eventId: string
              event: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                cancelledAt: string | null
              }
              name: string
              email: string
              /** @enum {string} */
              status: 'going' | 'waitlisted' | 'cancelled'
              position: number | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              promotedAt: string | null
              cancelledAt: string | null
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/guest-links/{token}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Give the place back, as a guest */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              number: number
              /** Format: uuid */
              eventId: string
              event: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                zone: string
                cancelledAt: string | null
              }
              name: string
              email: string
              /** @enum {string} */
              status: 'going' | 'waitlisted' | 'cancelled'
              position: number | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              promotedAt: string | null
              cancelledAt: string | null
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/notifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * List messages
     * @description Every message that was written, newest first, and what became of it. For admins.
     */
    get: {
      parameters: {
        query?: {
          eventId?: string
          state?: 'due' | 'sent' | 'failed'
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
        }
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              items: {
                /** Format: uuid */
                id: string
                /** @enum {string} */
                topic: 'confirmed' | 'waitlisted' | 'promoted' | 'cancelled' | 'event-cancelled'
                /** @enum {string} */
                channel: 'email'
                recipient: string
                /**
                 * @description due: waiting, being sent or to be tried again. failed: given up.
                 * @enum {string}
                 */
                state: 'due' | 'sent' | 'failed'
                attempts: number
                lastError: string | null
                sentAt: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/health/live': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Is the process alive */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @enum {string} */
              status: 'ok'
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/health/ready': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Can it serve */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @enum {string} */
              status: 'ok'
            }
          }
        }
      }
    }
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    Problem: {
      /** @example /problems/not-found */
      type: string
      title: string
      status: number
      detail?: string
      instance: string
      requestId: string
      errors?: {
        pointer: string
        detail: string
      }[]
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: never
  pathItems: never
}
export type $defs = Record<string, never>
export type operations = Record<string, never>

// Generated from /api/schema/ by `npm run api-types`: do not edit.

export interface paths {
  '/api/v1/accounts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * All accounts
     * @description The newest first.
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          /** @description Looked for in names and addresses. */
          q?: string
          role?: 'attendee' | 'organizer' | 'admin'
          suspended?: boolean
          /** @description Who waits for an admin to make them an organizer. */
          wantsToOrganize?: boolean
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
                username: string
                email: string
                emailVerified: boolean
                firstName: string
                lastName: string
                /** @enum {string} */
                role: 'attendee' | 'organizer' | 'admin'
                wantsToOrganizeAt: string | null
                suspendedAt: string | null
                suspensionReason: string | null
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
    /**
     * Sign up
     * @description Opens an account, which is not logged in yet. With an address that has one already the answer is the same, nothing is opened, and its owner gets a mail.
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
            /** @description The version of the terms, where this server has some: `GET /terms` says which. */
            acceptsTerms?: string
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
    /**
     * Change my profile
     * @description The e-mail address, the password and the picture have operations of their own.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description Letters, digits and @ . + - _ */
            username?: string
            firstName?: string
            lastName?: string
            /** @description Plain text. Everybody sees that of an organizer. */
            bio?: string
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
    /**
     * Where I am logged in
     * @description Last used first.
     */
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
                /** @enum {string} */
                kind: 'browser' | 'program'
                /** @description What the browser or program says of itself. */
                userAgent: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                /**
                 * Format: date-time
                 * @description To a few minutes.
                 * @example 2027-03-20T18:00:00.000Z
                 */
                lastUsedAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                expiresAt: string
                /** @description It is the one that this request came with. */
                current: boolean
              }[]
            }
          }
        }
      }
    }
    put?: never
    /**
     * Log in as a program
     * @description Gives an access token for an hour and a refresh token that is exchanged for the next pair, for a week. Where two-factor is on, 202 and a challenge, to be met at /session-completions.
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
                /** @description Whether the link that was mailed there was followed. */
                emailVerified: boolean
                firstName: string
                lastName: string
                bio: string
                /** @enum {string} */
                role: 'attendee' | 'organizer' | 'admin'
                picture: {
                  /** @description WebP, the narrowest first. An address never shows anything else. */
                  widths: {
                    width: number
                    url: string
                  }[]
                  /** @description The address of a JPEG, for previews and mails. */
                  jpeg: string
                } | null
                termsToAccept: {
                  version: string
                  url: string
                } | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
              }
            }
          }
        }
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description Send it with a code. It opens nothing else. */
              challenge: string
              /** @description For so many seconds. */
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
  '/api/v1/session-completions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Finish logging in as a program
     * @description Meets the challenge of a log-in with a code of the app, or a recovery code. Five tries.
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
            challenge: string
            /**
             * @description Six digits that the app shows, or a recovery code. Space and hyphens do not matter.
             * @example 492 039
             */
            code: string
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
                /** @description Whether the link that was mailed there was followed. */
                emailVerified: boolean
                firstName: string
                lastName: string
                bio: string
                /** @enum {string} */
                role: 'attendee' | 'organizer' | 'admin'
                picture: {
                  /** @description WebP, the narrowest first. An address never shows anything else. */
                  widths: {
                    width: number
                    url: string
                  }[]
                  /** @description The address of a JPEG, for previews and mails. */
                  jpeg: string
                } | null
                termsToAccept: {
                  version: string
                  url: string
                } | null
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
     * @description Sets the session cookie, which lives for a week and which no script can read. Where two-factor is on, 202 and a challenge, to be met at /web-session-completions.
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
            }
          }
        }
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description Send it with a code. It opens nothing else. */
              challenge: string
              /** @description For so many seconds. */
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
  '/api/v1/web-session-completions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Finish logging in as a browser
     * @description The same for a browser: sets the session cookie.
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
            /** @description Left out: the one in the cookie, after coming back from a provider. */
            challenge?: string
            /**
             * @description Six digits that the app shows, or a recovery code. Space and hyphens do not matter.
             * @example 492 039
             */
            code: string
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
  '/api/v1/email-verification-requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask for the mail that confirms an address again
     * @description It comes where there is an account with that address that has not confirmed it, three times an hour.
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
            /** @example ann@example.org */
            email: string
          }
        }
      }
      responses: {
        /** @description The same whether or not a mail was written. */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': Record<string, never>
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
  '/api/v1/email-verifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Confirm an address by the link that was mailed to it
     * @description The first address of an account, or the one that it changes to. A link is good once.
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
            token: string
          }
        }
      }
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/email-changes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask for another e-mail address
     * @description It counts when the link that is mailed there is followed; the address of before is told. Another’s address gets no link. Wants a fresh proof that it is you.
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
            /** @example ann@example.org */
            email: string
          }
        }
      }
      responses: {
        /** @description The same whether or not a mail was written. */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': Record<string, never>
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
  '/api/v1/me/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Change the password
     * @description Ends all other sessions. A mail tells of it.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            oldPassword: string
            /** @description Not one of the best known, nor a name of yours. */
            newPassword: string
          }
        }
      }
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
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/password-reset-requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Ask for a link that resets the password
     * @description It is mailed where there is an account with that address, three times an hour, and good for one hour.
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
            /** @example ann@example.org */
            email: string
          }
        }
      }
      responses: {
        /** @description The same whether or not a mail was written. */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': Record<string, never>
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
  '/api/v1/password-resets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Set the password anew, by the link that was mailed
     * @description Ends all sessions and opens none. A link is good once.
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
            token: string
            /** @description Not one of the best known, nor a name of yours. */
            password: string
          }
        }
      }
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/preferences': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How I like to have things */
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
              /** @description The kinds of event that are of interest. */
              categories: string[]
              language: string | null
              zone: string | null
              /** @description How I want to hear of what. A group that is not there has mail and push, and no texts. Mail about registrations always comes: it carries the ticket. */
              channels: {
                registrations?: ('email' | 'sms' | 'push')[]
                reminders?: ('email' | 'sms' | 'push')[]
                changes?: ('email' | 'sms' | 'push')[]
                recommendations?: ('email' | 'sms' | 'push')[]
              }
              /** @description Whether others who are registered see me at what I register for from now on. */
              shownToAttendees: boolean
              /** @description How one can hear of things here. */
              ways: ('email' | 'sms' | 'push')[]
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
    /** Change how I like to have things */
    patch: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @description The kinds of event that are of interest. */
            categories?: string[]
            language?: string | null
            zone?: string | null
            /** @description How I want to hear of what. A group that is not there has mail and push, and no texts. Mail about registrations always comes: it carries the ticket. */
            channels?: {
              registrations?: ('email' | 'sms' | 'push')[]
              reminders?: ('email' | 'sms' | 'push')[]
              changes?: ('email' | 'sms' | 'push')[]
              recommendations?: ('email' | 'sms' | 'push')[]
            }
            /** @description Whether others who are registered see me at what I register for from now on. */
            shownToAttendees?: boolean
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
              /** @description The kinds of event that are of interest. */
              categories: string[]
              language: string | null
              zone: string | null
              /** @description How I want to hear of what. A group that is not there has mail and push, and no texts. Mail about registrations always comes: it carries the ticket. */
              channels: {
                registrations?: ('email' | 'sms' | 'push')[]
                reminders?: ('email' | 'sms' | 'push')[]
                changes?: ('email' | 'sms' | 'push')[]
                recommendations?: ('email' | 'sms' | 'push')[]
              }
              /** @description Whether others who are registered see me at what I register for from now on. */
              shownToAttendees: boolean
              /** @description How one can hear of things here. */
              ways: ('email' | 'sms' | 'push')[]
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/accounts/{accountId}/profile': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who an organizer is
     * @description What everybody may see. There is none of who holds no events.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
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
              name: string
              bio: string
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
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
  '/api/v1/terms': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The terms that who signs up accepts */
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
              terms: {
                version: string
                url: string
              } | null
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
  '/api/v1/me/accepted-terms': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Accept the terms
     * @description Those of `termsToAccept`, by their version. The time is kept.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            version: string
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
              /** @description Whether the link that was mailed there was followed. */
              emailVerified: boolean
              firstName: string
              lastName: string
              bio: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              picture: {
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              termsToAccept: {
                version: string
                url: string
              } | null
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
  '/api/v1/me/phone': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The number that texts go to */
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
              phone: string | null
              /** @description Whether this server sends texts. */
              available: boolean
            }
          }
        }
      }
    }
    /**
     * Give a number for texts
     * @description A code goes there, which is good for ten minutes. The number counts once the code has come back.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /** @example +4930123456 */
            phone: string
          }
        }
      }
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': Record<string, never>
          }
        }
      }
    }
    post?: never
    /** Take the number away */
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
  '/api/v1/me/phone/verification': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Confirm the number by the code
     * @description The newest code counts, five tries long.
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
            /** @example 123456 */
            code: string
          }
        }
      }
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/others': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Log out everywhere else */
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
  '/api/v1/sessions/{sessionId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Log out there */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          sessionId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/accounts/{accountId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One account */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
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
              username: string
              email: string
              emailVerified: boolean
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              wantsToOrganizeAt: string | null
              suspendedAt: string | null
              suspensionReason: string | null
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
  '/api/v1/accounts/{accountId}/suspension': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Suspend an account
     * @description It is out within seconds, and told why. What it holds stays as it is.
     */
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
            /** @description In the mail to them. */
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
              username: string
              email: string
              emailVerified: boolean
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              wantsToOrganizeAt: string | null
              suspendedAt: string | null
              suspensionReason: string | null
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
    /** Lift a suspension */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
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
              username: string
              email: string
              emailVerified: boolean
              firstName: string
              lastName: string
              /** @enum {string} */
              role: 'attendee' | 'organizer' | 'admin'
              wantsToOrganizeAt: string | null
              suspendedAt: string | null
              suspensionReason: string | null
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
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/sessions/current/proof': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Prove again that it is you
     * @description By your password, and a code where two-factor is on. For ten minutes you can then do what `proof-required` was answered to.
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
            password?: string
            /**
             * @description Six digits that the app shows, or a recovery code. Space and hyphens do not matter.
             * @example 492 039
             */
            code?: string
          }
        }
      }
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
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/me/two-factor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Is two-factor on */
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
              since: string | null
              recoveryCodesLeft: number
            }
          }
        }
      }
    }
    put?: never
    post?: never
    /** Turn two-factor off */
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
  '/api/v1/me/two-factor/enrolment': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin to set up an app for two-factor
     * @description Gives a secret to the app. Nothing is asked of you until you confirm it, for half an hour.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description To type into the app where it cannot scan. */
              secret: string
              /** @description What the app scans. */
              uri: string
              /** @description The same as a picture: a data: address of an SVG. */
              qrCode: string
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
  '/api/v1/me/two-factor/confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Turn two-factor on
     * @description By a code of the app. Answers ten recovery codes. Your other sessions end.
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
             * @description Six digits that the app shows, or a recovery code. Space and hyphens do not matter.
             * @example 492 039
             */
            code: string
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
              recoveryCodes: string[]
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
  '/api/v1/me/two-factor/recovery-codes': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Get new recovery codes
     * @description The ones before are good for nothing.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              recoveryCodes: string[]
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
  '/api/v1/accounts/{accountId}/two-factor': {
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
     * Turn two-factor off for somebody
     * @description For who has lost the app and the recovery codes, and has shown an admin who they are.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          accountId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/log-in-providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who people can log in through
     * @description The browser goes to `/auth/<id>?next=<path>` and comes back logged in.
     */
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
                id: string
                name: string
              }[]
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
  '/api/v1/me/identities': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Providers that lead into my account */
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
                provider: string
                /** @description What they are called there. */
                shownAs: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                lastUsedAt: string | null
              }[]
            }
          }
        }
      }
    }
    put?: never
    /**
     * Set out to link a provider
     * @description Answers where to send the browser, which comes back to `next` with the provider linked. Only in the browser that asks. Wants a proof from the last ten minutes that it is you.
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
            /** @description Its `id` among the providers. */
            provider: string
            next?: string
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
              /** @description Send the browser there. */
              url: string
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
  '/api/v1/me/identities/{identityId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Unlink a provider */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          identityId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/me/api-keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** My API keys */
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
                name: string
                scopes: string[]
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                expiresAt: string
                lastUsedAt: string | null
              }[]
            }
          }
        }
      }
    }
    put?: never
    /**
     * Make an API key
     * @description It acts for you within its scopes. Wants a proof from the last ten minutes that it is you.
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
             * @description What it is for.
             * @example Door of the town hall
             */
            name: string
            scopes: (
              'events:read' | 'events:write' | 'registrations:read' | 'registrations:write' | 'checkin' | 'account:read'
            )[]
            /**
             * @description After so many it ends by itself.
             * @default 90
             */
            days?: number
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
              name: string
              scopes: string[]
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
              lastUsedAt: string | null
              /** @description Send it as `Authorization: Bearer …`. It is shown this once. */
              key: string
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
  '/api/v1/me/api-keys/{apiKeyId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Revoke an API key */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          apiKeyId: string
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
          /** @description The whole title; capitals do not count. */
          title?: string
          /** @description A part of the title; capitals and accents do not count. */
          titlePart?: string
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
          /** @description Occurrences of this series. */
          seriesId?: string
          /** @description A tag’s name; of several, any. */
          tag?: string | string[]
          /** @description A part of the place, or of the venue’s name or address. */
          location?: string
          hasSeats?: boolean
          /** @description Whether people can register now. */
          active?: boolean
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
                tags: string[]
                /** @enum {string} */
                visibility: 'public' | 'unlisted' | 'private'
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
                price: {
                  /** @description In minor units. */
                  amount: number
                  currency: string
                } | null
                registrationDeadline: string | null
                hasWaitlist: boolean
                banner: {
                  alt: string
                  /** @description WebP, the narrowest first. An address never shows anything else. */
                  widths: {
                    width: number
                    url: string
                  }[]
                  /** @description The address of a JPEG, for previews and mails. */
                  jpeg: string
                } | null
                series: {
                  /** Format: uuid */
                  id: string
                } | null
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
            /**
             * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
             * @default false
             */
            confirmsGuests?: boolean
            /**
             * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
             * @example [
             *       1440,
             *       30
             *     ]
             */
            reminderMinutes?: number[]
            /**
             * @description Names of tags; one that nobody has used before becomes one.
             * @example [
             *       "open source",
             *       "beginners"
             *     ]
             */
            tags?: string[]
            /**
             * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
             * @default public
             * @enum {string}
             */
            visibility?: 'public' | 'unlisted' | 'private'
            onlineUrl?: string | null
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
    /**
     * My events, drafts included
     * @description Those that I run, and those whose team I am on, with what I am to them.
     */
    get: {
      parameters: {
        query?: {
          when?: 'upcoming' | 'past' | 'all'
          seriesId?: string
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
                tags: string[]
                /** @enum {string} */
                visibility: 'public' | 'unlisted' | 'private'
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
                price: {
                  /** @description In minor units. */
                  amount: number
                  currency: string
                } | null
                registrationDeadline: string | null
                hasWaitlist: boolean
                banner: {
                  alt: string
                  /** @description WebP, the narrowest first. An address never shows anything else. */
                  widths: {
                    width: number
                    url: string
                  }[]
                  /** @description The address of a JPEG, for previews and mails. */
                  jpeg: string
                } | null
                series: {
                  /** Format: uuid */
                  id: string
                } | null
                /**
                 * @description What I am to it.
                 * @enum {string}
                 */
                role: 'owner' | 'co-organizer' | 'check-in'
                can: {
                  edit: boolean
                  seeRegistrations: boolean
                  checkIn: boolean
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
        query?: {
          /** @description The token of an invitation’s or a guest’s link. */
          invitation?: string
        }
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
     * @description One that people are registered for is cancelled first, so that they hear of it. One that people have paid for is not deleted before you have cancelled it, and one that has been stays when people were there.
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
            /**
             * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
             * @default false
             */
            confirmsGuests?: boolean
            /**
             * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
             * @example [
             *       1440,
             *       30
             *     ]
             */
            reminderMinutes?: number[]
            /**
             * @description Names of tags; one that nobody has used before becomes one.
             * @example [
             *       "open source",
             *       "beginners"
             *     ]
             */
            tags?: string[]
            /**
             * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
             * @default public
             * @enum {string}
             */
            visibility?: 'public' | 'unlisted' | 'private'
            onlineUrl?: string | null
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
    /**
     * Publish an event
     * @description Now, or `at` a moment by itself. What stands in the way then is told to the organizer.
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
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            at?: string
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
                register: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    /**
     * Do not publish it by itself
     * @description What is published stays that.
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
  '/api/v1/events/{eventId}/copies': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Copy an event
     * @description A draft with everything but its registrations, invitations and history, at another time.
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
            /**
             * Format: date-time
             * @example 2027-03-20T18:00:00.000Z
             */
            startsAt: string
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
  '/api/v1/events/bulk': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Create, change and delete many events, all or none
     * @description Rows are carried out in their order, each as it would be alone, in one transaction. If any is refused, nothing has changed, no mail goes out, and the answer names every row that was.
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
            operations: (
              | {
                  /** @enum {string} */
                  do: 'create'
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
                  /**
                   * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
                   * @default false
                   */
                  confirmsGuests?: boolean
                  /**
                   * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
                   * @example [
                   *       1440,
                   *       30
                   *     ]
                   */
                  reminderMinutes?: number[]
                  /**
                   * @description Names of tags; one that nobody has used before becomes one.
                   * @example [
                   *       "open source",
                   *       "beginners"
                   *     ]
                   */
                  tags?: string[]
                  /**
                   * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
                   * @default public
                   * @enum {string}
                   */
                  visibility?: 'public' | 'unlisted' | 'private'
                  onlineUrl?: string | null
                }
              | {
                  /** @enum {string} */
                  do: 'update'
                  /** Format: uuid */
                  id: string
                  /** @description Refused when the event has another by now. */
                  version?: number
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
                  /**
                   * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
                   * @default false
                   */
                  confirmsGuests?: boolean
                  /**
                   * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
                   * @example [
                   *       1440,
                   *       30
                   *     ]
                   */
                  reminderMinutes?: number[]
                  /**
                   * @description Names of tags; one that nobody has used before becomes one.
                   * @example [
                   *       "open source",
                   *       "beginners"
                   *     ]
                   */
                  tags?: string[]
                  /**
                   * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
                   * @default public
                   * @enum {string}
                   */
                  visibility?: 'public' | 'unlisted' | 'private'
                  onlineUrl?: string | null
                }
              | {
                  /** @enum {string} */
                  do: 'delete'
                  /** Format: uuid */
                  id: string
                  /** @description Refused when the event has another by now. */
                  version?: number
                }
            )[]
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
              items: {
                /** @enum {string} */
                do: 'create' | 'update' | 'delete'
                /** Format: uuid */
                id: string
                slug: string
                version: number
              }[]
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
  '/api/v1/events/clean-up': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Clean up old events
     * @description For admins. Erases events that ended long ago and that nobody ever registered for, was interested in or reviewed; archives the others. 500 at a time, those that ended first; doing it twice does no harm.
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
            /** @description How long ago they ended, at least. Without it: CLEANUP_EVENTS_AFTER_DAYS. */
            days?: number
            /**
             * @description Only say what would be done; nothing is changed.
             * @default false
             */
            dryRun?: boolean
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
              days: number
              dryRun: boolean
              /** @description Events that nobody ever used: they are gone. */
              erased: number
              /** @description Events that people used: in no list any more. */
              archived: number
              /** @description Could not be cleaned up; the log says why. */
              left: number
              /** @description There are more: ask again. */
              more: boolean
              events: {
                /** Format: uuid */
                id: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                endsAt: string
                /** @enum {string} */
                outcome: 'erased' | 'archived'
              }[]
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
                /** @description How many there are to come. */
                events: number
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
              /** @description How many there are to come. */
              events: number
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
  '/api/v1/categories/{categoryId}': {
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
     * Remove a category
     * @description Its events stay, and are of no category.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          categoryId: string
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
    /** Change a category */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          categoryId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
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
              description: string
              /** @description How many there are to come. */
              events: number
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/tags': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Tags by name
     * @description Those of events that everybody can find, and those that were described; admins see all.
     */
    get: {
      parameters: {
        query?: {
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
                description: string
                /** @description How many there are to come. */
                events: number
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
  '/api/v1/tags/{tagId}': {
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
     * Remove a tag
     * @description From every event that is marked with it.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          tagId: string
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
    /** Change a tag */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          tagId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
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
              description: string
              /** @description How many there are to come. */
              events: number
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/events/{eventId}/invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who was invited
     * @description For the organizer, in the order of the invitations.
     */
    get: {
      parameters: {
        query?: {
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
                email: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                revokedAt: string | null
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    /**
     * Invite people
     * @description Each new address gets a mail with a link that lets its holder in. Answers who is new.
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
            emails: string[]
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
              items: {
                /** Format: uuid */
                id: string
                email: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                revokedAt: string | null
              }[]
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
  '/api/v1/events/{eventId}/invitations/{invitationId}': {
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
     * Take an invitation back
     * @description Who has registered stays registered.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
          invitationId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who changed what of an event
     * @description For its organizer, newest first.
     */
    get: {
      parameters: {
        query?: {
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
                version: number
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                at: string
                actor: {
                  kind: string
                  id: string | null
                  name: string | null
                }
                /** @description What was another before, by field. The first version says everything. */
                changes: {
                  title?: {
                    from: string | null
                    to: string | null
                  }
                  description?: {
                    from: string | null
                    to: string | null
                  }
                  startsAt?: {
                    from: string | null
                    to: string | null
                  }
                  endsAt?: {
                    from: string | null
                    to: string | null
                  }
                  zone?: {
                    from: string | null
                    to: string | null
                  }
                  venueId?: {
                    from: string | null
                    to: string | null
                  }
                  place?: {
                    from: string | null
                    to: string | null
                  }
                  categoryId?: {
                    from: string | null
                    to: string | null
                  }
                  tags?: {
                    from: string[] | null
                    to: string[] | null
                  }
                  visibility?: {
                    from: ('public' | 'unlisted' | 'private') | null
                    to: ('public' | 'unlisted' | 'private') | null
                  }
                  onlineUrl?: {
                    from: string | null
                    to: string | null
                  }
                  capacity?: {
                    from: number | null
                    to: number | null
                  }
                  registrationDeadline?: {
                    from: string | null
                    to: string | null
                  }
                  hasWaitlist?: {
                    from: boolean | null
                    to: boolean | null
                  }
                  confirmsGuests?: {
                    from: boolean | null
                    to: boolean | null
                  }
                  reminderMinutes?: {
                    from: number[] | null
                    to: number[] | null
                  }
                  publishAt?: {
                    from: string | null
                    to: string | null
                  }
                  publishedAt?: {
                    from: string | null
                    to: string | null
                  }
                  closedAt?: {
                    from: string | null
                    to: string | null
                  }
                  cancelledAt?: {
                    from: string | null
                    to: string | null
                  }
                  cancellationReason?: {
                    from: string | null
                    to: string | null
                  }
                  deletedAt?: {
                    from: string | null
                    to: string | null
                  }
                  archivedAt?: {
                    from: string | null
                    to: string | null
                  }
                  seriesId?: {
                    from: string | null
                    to: string | null
                  }
                  banner?: {
                    from: {
                      id: string
                      alt: string
                    } | null
                    to: {
                      id: string
                      alt: string
                    } | null
                  }
                  price?: {
                    from: {
                      amount: number
                      currency: string
                      provider: string
                      refundUntilHours: number | null
                      instructions: string | null
                      holdMinutes: number
                      offerMinutes: number
                    } | null
                    to: {
                      amount: number
                      currency: string
                      provider: string
                      refundUntilHours: number | null
                      instructions: string | null
                      holdMinutes: number
                      offerMinutes: number
                    } | null
                  }
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
  '/api/v1/events/{eventId}/history/{version}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** An event as it was at a version */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
          version: number
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
              title: string | null
              description: string | null
              startsAt: string | null
              endsAt: string | null
              zone: string | null
              venueId: string | null
              place: string | null
              categoryId: string | null
              tags: string[] | null
              visibility: ('public' | 'unlisted' | 'private') | null
              onlineUrl: string | null
              capacity: number | null
              registrationDeadline: string | null
              hasWaitlist: boolean | null
              confirmsGuests: boolean | null
              reminderMinutes: number[] | null
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              cancellationReason: string | null
              deletedAt: string | null
              archivedAt: string | null
              seriesId: string | null
              banner: {
                id: string
                alt: string
              } | null
              price: {
                amount: number
                currency: string
                provider: string
                refundUntilHours: number | null
                instructions: string | null
                holdMinutes: number
                offerMinutes: number
              } | null
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
  '/api/v1/recurrences': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a recurrence rule gives
     * @description The first ten starts, on the wall clock of the zone through every change of the clocks.
     */
    get: {
      parameters: {
        query: {
          /**
           * @description An RRULE of RFC 5545: FREQ from HOURLY to YEARLY, at most 1,000 occurrences, and the start is the first of them.
           * @example FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10
           */
          rule: string
          /** @example 2027-03-20T18:00:00.000Z */
          startsAt: string
          zone: string
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
              /** @description In the one spelling. */
              rule: string
              sentence: string | null
              total: number | null
              /** @description The first ten. */
              startsAt: string[]
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
  '/api/v1/series': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Begin a recurring event
     * @description As drafts, made as far ahead as the horizon reaches. Each has seats of its own.
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
            /**
             * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
             * @default false
             */
            confirmsGuests?: boolean
            /**
             * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
             * @example [
             *       1440,
             *       30
             *     ]
             */
            reminderMinutes?: number[]
            /**
             * @description Names of tags; one that nobody has used before becomes one.
             * @example [
             *       "open source",
             *       "beginners"
             *     ]
             */
            tags?: string[]
            /**
             * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
             * @default public
             * @enum {string}
             */
            visibility?: 'public' | 'unlisted' | 'private'
            onlineUrl?: string | null
            /**
             * @description An RRULE of RFC 5545: FREQ from HOURLY to YEARLY, at most 1,000 occurrences, and the start is the first of them.
             * @example FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10
             */
            rule: string
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
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
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
  '/api/v1/events/{eventId}/series': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Repeat an event
     * @description It becomes the first of a series, with its registrations; the others are published if it is.
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
            /**
             * @description An RRULE of RFC 5545: FREQ from HOURLY to YEARLY, at most 1,000 occurrences, and the start is the first of them.
             * @example FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10
             */
            rule: string
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
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
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
  '/api/v1/series/{seriesId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * One series
     * @description Its occurrences are in the list of events, by `seriesId`.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
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
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    /**
     * Delete a series, or this and those that follow
     * @description What has begun stays. What people are registered for is cancelled first, so that they hear of it. One that people have paid for is not deleted before you have cancelled it.
     */
    delete: {
      parameters: {
        query?: {
          /** @description The occurrence from which on; otherwise all to come. */
          from?: string
        }
        header?: never
        path: {
          seriesId: string
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
     * Change all occurrences to come, or this and those that follow
     * @description With `from` those that follow go on as a series of their own, which is the answer. What has begun, and what was changed for one occurrence alone, stays. People keep their places, also at other times; by another rule, occurrences are kept by date, and the others go, called off where somebody is registered. `If-Match` with the ETag refuses when somebody was faster.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
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
            /**
             * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
             * @default false
             */
            confirmsGuests?: boolean
            /**
             * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
             * @example [
             *       1440,
             *       30
             *     ]
             */
            reminderMinutes?: number[]
            /**
             * @description Names of tags; one that nobody has used before becomes one.
             * @example [
             *       "open source",
             *       "beginners"
             *     ]
             */
            tags?: string[]
            /**
             * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
             * @default public
             * @enum {string}
             */
            visibility?: 'public' | 'unlisted' | 'private'
            onlineUrl?: string | null
            /**
             * Format: uuid
             * @description The occurrence from which on it is another; otherwise all to come.
             */
            from?: string
            /**
             * Format: uuid
             * @description The occurrence that the times are said of; otherwise `from`, or the next one.
             */
            of?: string
            /**
             * @description An RRULE of RFC 5545: FREQ from HOURLY to YEARLY, at most 1,000 occurrences, and the start is the first of them.
             * @example FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10
             */
            rule?: string
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
              /** Format: uuid */
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
              }
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/series/{seriesId}/publication': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Publish a series
     * @description Its drafts, and from then on every occurrence when it is made.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
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
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
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
  '/api/v1/series/{seriesId}/cancellation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Cancel a series, or this and those that follow
     * @description Whoever has a place gets a mail for each occurrence. What has begun stays; drafts are deleted.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * Format: uuid
             * @description The occurrence from which on; otherwise all to come.
             */
            from?: string
            /** @description Told in the mails. */
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
              /** Format: uuid */
              organizerId: string
              title: string
              rule: string
              sentence: string | null
              zone: string
              /**
               * Format: date-time
               * @description What the rule counts from.
               * @example 2027-03-20T18:00:00.000Z
               */
              startsAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              endsAt: string
              counts: {
                /** @description Made and to be seen; an endless rule gives more. */
                occurrences: number
                upcoming: number
                cancelled: number
              }
              next: {
                /** Format: uuid */
                id: string
                slug: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
              } | null
              version: number
              publishedAt: string | null
              endedAt: string | null
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
                cancel: boolean
                delete: boolean
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
  '/api/v1/events/{eventId}/team': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The team of an event
     * @description For who runs it or helps to.
     */
    get: {
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
              owner: {
                /** Format: uuid */
                id: string
                name: string
              }
              members: {
                /** Format: uuid */
                accountId: string
                name: string
                /** @enum {string} */
                role: 'co-organizer' | 'check-in'
                /**
                 * @description Of the event alone, or of its series and so all occurrences.
                 * @enum {string}
                 */
                of: 'event' | 'series'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                since: string
              }[]
              /** @description Open ones, for who may invite. */
              invitations: {
                /** Format: uuid */
                id: string
                /**
                 * @description owner: an offer of the whole.
                 * @enum {string}
                 */
                role: 'owner' | 'co-organizer' | 'check-in'
                /** @description The address or the username that was invited. */
                to: string
                /**
                 * @description Of the event alone, or of its series and so all occurrences.
                 * @enum {string}
                 */
                of: 'event' | 'series'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                expiresAt: string
              }[]
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
  '/api/v1/events/{eventId}/team/invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Invite somebody onto the team of an event
     * @description By address or by username; they get a mail with a link, and are on the team once they accept. Co-organizers run it but for deleting, cancelling, money and the team; check-in staff see who comes, by name, and let them in. Who is asked the same again gets no second mail.
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
            /**
             * Format: email
             * @description Nothing is said about whether it has an account.
             */
            email?: string
            username?: string
            /** @enum {string} */
            role: 'co-organizer' | 'check-in'
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
              /**
               * @description owner: an offer of the whole.
               * @enum {string}
               */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @description The address or the username that was invited. */
              to: string
              /**
               * @description Of the event alone, or of its series and so all occurrences.
               * @enum {string}
               */
              of: 'event' | 'series'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
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
  '/api/v1/events/{eventId}/team/invitations/{invitationId}': {
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
     * Take an invitation onto the team of an event back
     * @description Also an offer of the whole. Who has accepted stays.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
          invitationId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/ownership-offers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Hand an event over to somebody
     * @description It changes hands when they accept, who must be able to organize. The newest offer stands; it is taken back like an invitation. Wants a fresh proof that it is you.
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
            /**
             * Format: email
             * @description Nothing is said about whether it has an account.
             */
            email?: string
            username?: string
            /**
             * @description Whether who hands it over becomes a co-organizer.
             * @default true
             */
            stays?: boolean
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
              /**
               * @description owner: an offer of the whole.
               * @enum {string}
               */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @description The address or the username that was invited. */
              to: string
              /**
               * @description Of the event alone, or of its series and so all occurrences.
               * @enum {string}
               */
              of: 'event' | 'series'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
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
  '/api/v1/events/{eventId}/team/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Leave the team of an event */
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/team/{accountId}': {
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
     * Take somebody off the team of an event
     * @description They are out at once.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
          accountId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/series/{seriesId}/team': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The team of a series
     * @description For who runs it or helps to.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
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
              owner: {
                /** Format: uuid */
                id: string
                name: string
              }
              members: {
                /** Format: uuid */
                accountId: string
                name: string
                /** @enum {string} */
                role: 'co-organizer' | 'check-in'
                /**
                 * @description Of the event alone, or of its series and so all occurrences.
                 * @enum {string}
                 */
                of: 'event' | 'series'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                since: string
              }[]
              /** @description Open ones, for who may invite. */
              invitations: {
                /** Format: uuid */
                id: string
                /**
                 * @description owner: an offer of the whole.
                 * @enum {string}
                 */
                role: 'owner' | 'co-organizer' | 'check-in'
                /** @description The address or the username that was invited. */
                to: string
                /**
                 * @description Of the event alone, or of its series and so all occurrences.
                 * @enum {string}
                 */
                of: 'event' | 'series'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                expiresAt: string
              }[]
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
  '/api/v1/series/{seriesId}/team/invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Invite somebody onto the team of a series
     * @description By address or by username; they get a mail with a link, and are on the team once they accept. Co-organizers run it but for deleting, cancelling, money and the team; check-in staff see who comes, by name, and let them in. Who is asked the same again gets no second mail.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          seriesId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * Format: email
             * @description Nothing is said about whether it has an account.
             */
            email?: string
            username?: string
            /** @enum {string} */
            role: 'co-organizer' | 'check-in'
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
              /**
               * @description owner: an offer of the whole.
               * @enum {string}
               */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @description The address or the username that was invited. */
              to: string
              /**
               * @description Of the event alone, or of its series and so all occurrences.
               * @enum {string}
               */
              of: 'event' | 'series'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
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
  '/api/v1/series/{seriesId}/team/invitations/{invitationId}': {
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
     * Take an invitation onto the team of a series back
     * @description Also an offer of the whole. Who has accepted stays.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
          invitationId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/series/{seriesId}/ownership-offers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Hand a series over to somebody
     * @description It changes hands when they accept, who must be able to organize. The newest offer stands; it is taken back like an invitation. Wants a fresh proof that it is you.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          seriesId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            /**
             * Format: email
             * @description Nothing is said about whether it has an account.
             */
            email?: string
            username?: string
            /**
             * @description Whether who hands it over becomes a co-organizer.
             * @default true
             */
            stays?: boolean
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
              /**
               * @description owner: an offer of the whole.
               * @enum {string}
               */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @description The address or the username that was invited. */
              to: string
              /**
               * @description Of the event alone, or of its series and so all occurrences.
               * @enum {string}
               */
              of: 'event' | 'series'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
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
  '/api/v1/series/{seriesId}/team/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Leave the team of a series */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/series/{seriesId}/team/{accountId}': {
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
     * Take somebody off the team of a series
     * @description They are out at once.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          seriesId: string
          accountId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/me/team-invitations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Teams that I am invited to
     * @description And events that I am offered. Those by address are here once the address is verified.
     */
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
                /** @enum {string} */
                role: 'owner' | 'co-organizer' | 'check-in'
                /** @enum {string} */
                state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
                eventId: string | null
                seriesId: string | null
                title: string
                slug: string | null
                startsAt: string | null
                zone: string | null
                invitedBy: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                expiresAt: string
                can: {
                  accept: boolean
                  decline: boolean
                }
              }[]
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
  '/api/v1/team-invitations/{invitation}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * One invitation onto a team
     * @description Changes nothing: what follows the links in mails may follow this one.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description Its id, or what the link in the mail ends in. */
          invitation: string
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
              /** @enum {string} */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @enum {string} */
              state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
              eventId: string | null
              seriesId: string | null
              title: string
              slug: string | null
              startsAt: string | null
              zone: string | null
              invitedBy: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
              can: {
                accept: boolean
                decline: boolean
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
  '/api/v1/team-invitations/{invitation}/acceptance': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Accept an invitation onto a team
     * @description For the account or the address that it was sent to alone.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description Its id, or what the link in the mail ends in. */
          invitation: string
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
              /** @enum {string} */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @enum {string} */
              state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
              eventId: string | null
              seriesId: string | null
              title: string
              slug: string | null
              startsAt: string | null
              zone: string | null
              invitedBy: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
              can: {
                accept: boolean
                decline: boolean
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
  '/api/v1/team-invitations/{invitation}/refusal': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Decline an invitation onto a team */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @description Its id, or what the link in the mail ends in. */
          invitation: string
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
              /** @enum {string} */
              role: 'owner' | 'co-organizer' | 'check-in'
              /** @enum {string} */
              state: 'open' | 'accepted' | 'declined' | 'withdrawn' | 'expired'
              eventId: string | null
              seriesId: string | null
              title: string
              slug: string | null
              startsAt: string | null
              zone: string | null
              invitedBy: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              expiresAt: string
              can: {
                accept: boolean
                decline: boolean
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
  '/api/v1/events/{eventId}/registrations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who comes to an event
     * @description For its organizer, in the order of arrival. Who is only interested has no registration and is listed by `status=interested`.
     */
    get: {
      parameters: {
        query?: {
          status?: 'going' | 'waitlisted' | 'cancelled' | 'interested'
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
              items: (
                | {
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
                    heldUntil: string | null
                    /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
                    mustConfirm: boolean
                    cancelledAt: string | null
                    checkedInAt: string | null
                    attended: boolean | null
                    /** @description Whether others who are registered see the name. */
                    visibleToAttendees: boolean
                    can: {
                      cancel: boolean
                    }
                  }
                | {
                    /** Format: uuid */
                    accountId: string
                    name: string
                    /** @enum {string} */
                    status: 'interested'
                    /**
                     * Format: date-time
                     * @example 2027-03-20T18:00:00.000Z
                     */
                    createdAt: string
                  }
              )[]
              nextCursor: string | null
              counts: {
                going: number
                /** @description Of those, how many have still to pay. */
                held: number
                waitlisted: number
                cancelled: number
                interested: number
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
        query?: {
          /** @description The token of an invitation’s link. */
          invitation?: string
        }
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
                heldUntil: string | null
                /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
                mustConfirm: boolean
                cancelledAt: string | null
                checkedInAt: string | null
                attended: boolean | null
                /** @description Whether others who are registered see the name. */
                visibleToAttendees: boolean
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
    /**
     * Correct a name or an address
     * @description Of a guest, who is written to again. The ticket gets another code; a new address gets another link, and the old one ends.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          registrationId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            /** Format: email */
            email?: string
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
    /**
     * Delete a guest’s name and address
     * @description At once and for good; the place goes to the next in line, and the link opens nothing any more.
     */
    delete: {
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
     * Correct a name or an address, as a guest
     * @description Of a guest, who is written to again. The ticket gets another code; a new address gets another link, and the old one ends.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name?: string
            /** Format: email */
            email?: string
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
              can: {
                cancel: boolean
              }
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/guest-links/{token}/confirmation': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Confirm the place, as a guest
     * @description Where the event asks for it. A seat that costs something is then held for the money. Opening the link confirms nothing, because mail scanners open links.
     */
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
  '/api/v1/events/{eventId}/price': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a seat costs
     * @description 404 where it is free of charge.
     */
    get: {
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
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description manual: bank transfer, or cash at the door. stripe: Stripe Checkout.
               * @enum {string}
               */
              provider: 'stripe' | 'manual'
              refundUntilHours: number | null
              instructions: string | null
              /**
               * @description For how long a seat is held for the money.
               * @default 30
               */
              holdMinutes: number
              /**
               * @description The same for who comes from the waitlist.
               * @default 1440
               */
              offerMinutes: number
            }
          }
        }
      }
    }
    /**
     * Set what a seat costs
     * @description From then on a seat is held for a while when somebody registers, and theirs once it is paid for. Nothing changes for who is in already, or has paid. `If-Match` with the ETag of the event refuses when somebody was faster.
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
            /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
            amount: number
            /**
             * @description ISO 4217.
             * @example EUR
             */
            currency: string
            /**
             * @description manual: bank transfer, or cash at the door. stripe: Stripe Checkout.
             * @enum {string}
             */
            provider?: 'stripe' | 'manual'
            refundUntilHours?: number | null
            instructions?: string | null
            /**
             * @description For how long a seat is held for the money.
             * @default 30
             */
            holdMinutes?: number
            /**
             * @description The same for who comes from the waitlist.
             * @default 1440
             */
            offerMinutes?: number
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
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description manual: bank transfer, or cash at the door. stripe: Stripe Checkout.
               * @enum {string}
               */
              provider: 'stripe' | 'manual'
              refundUntilHours: number | null
              instructions: string | null
              /**
               * @description For how long a seat is held for the money.
               * @default 30
               */
              holdMinutes: number
              /**
               * @description The same for who comes from the waitlist.
               * @default 1440
               */
              offerMinutes: number
            }
          }
        }
      }
    }
    post?: never
    /**
     * Make an event free of charge
     * @description Also for whoever still owed the money. Who has paid, has paid.
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/payments': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Payments for an event
     * @description For its organizer, newest first.
     */
    get: {
      parameters: {
        query?: {
          state?: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
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
                registrationId: string | null
                eventId: string | null
                name: string | null
                /** @enum {string} */
                provider: 'stripe' | 'manual'
                /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
                amount: number
                /**
                 * @description ISO 4217.
                 * @example EUR
                 */
                currency: string
                /**
                 * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
                 * @enum {string}
                 */
                state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
                redirectUrl: string | null
                instructions: string | null
                heldUntil: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                paidAt: string | null
                refundedAt: string | null
                can: {
                  markPaid: boolean
                  markRefunded: boolean
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
  '/api/v1/registrations/{registrationId}/payment': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The newest payment for a registration */
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
              registrationId: string | null
              eventId: string | null
              name: string | null
              /** @enum {string} */
              provider: 'stripe' | 'manual'
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
               * @enum {string}
               */
              state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
              redirectUrl: string | null
              instructions: string | null
              heldUntil: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              paidAt: string | null
              refundedAt: string | null
              can: {
                markPaid: boolean
                markRefunded: boolean
              }
            }
          }
        }
      }
    }
    put?: never
    /**
     * Pay for a seat that is held
     * @description Begins a payment, or answers the one that is open. Send the person to `redirectUrl`.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          registrationId: string
        }
        cookie?: never
      }
      requestBody?: never
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
              registrationId: string | null
              eventId: string | null
              name: string | null
              /** @enum {string} */
              provider: 'stripe' | 'manual'
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
               * @enum {string}
               */
              state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
              redirectUrl: string | null
              instructions: string | null
              heldUntil: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              paidAt: string | null
              refundedAt: string | null
              can: {
                markPaid: boolean
                markRefunded: boolean
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
  '/api/v1/guest-links/{token}/payment': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /** Pay for a seat that is held, as a guest */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody?: never
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
              registrationId: string | null
              eventId: string | null
              name: string | null
              /** @enum {string} */
              provider: 'stripe' | 'manual'
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
               * @enum {string}
               */
              state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
              redirectUrl: string | null
              instructions: string | null
              heldUntil: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              paidAt: string | null
              refundedAt: string | null
              can: {
                markPaid: boolean
                markRefunded: boolean
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
  '/api/v1/payments/{paymentId}/receipt': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Mark as paid, by hand
     * @description By the organizer. Where the seat is gone it becomes a refund that is due.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          paymentId: string
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
              registrationId: string | null
              eventId: string | null
              name: string | null
              /** @enum {string} */
              provider: 'stripe' | 'manual'
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
               * @enum {string}
               */
              state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
              redirectUrl: string | null
              instructions: string | null
              heldUntil: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              paidAt: string | null
              refundedAt: string | null
              can: {
                markPaid: boolean
                markRefunded: boolean
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
  '/api/v1/payments/{paymentId}/refund': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Mark as paid back, by hand
     * @description By the organizer.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          paymentId: string
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
              registrationId: string | null
              eventId: string | null
              name: string | null
              /** @enum {string} */
              provider: 'stripe' | 'manual'
              /** @description In minor units: 1250 is 12.50 EUR, and 1250 JPY. */
              amount: number
              /**
               * @description ISO 4217.
               * @example EUR
               */
              currency: string
              /**
               * @description refund_due: the money is on its way back. failed: not paid; another payment can be begun.
               * @enum {string}
               */
              state: 'open' | 'paid' | 'refund_due' | 'refunded' | 'failed'
              redirectUrl: string | null
              instructions: string | null
              heldUntil: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              paidAt: string | null
              refundedAt: string | null
              can: {
                markPaid: boolean
                markRefunded: boolean
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
  '/api/v1/events/{eventId}/interest': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Say that you would like to come */
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
              /** @description Whose seat is taken, also where it is not paid for yet. */
              going: number
              /** @description Of those, how many have still to pay. */
              held: number
              waitlisted: number
              interested: number
              /** @description Whether the account that asks is interested. */
              mine: boolean
            }
          }
        }
      }
    }
    post?: never
    /** Say that you would not */
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
              /** @description Whose seat is taken, also where it is not paid for yet. */
              going: number
              /** @description Of those, how many have still to pay. */
              held: number
              waitlisted: number
              interested: number
              /** @description Whether the account that asks is interested. */
              mine: boolean
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
  '/api/v1/events/{eventId}/attendees/counts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How many go, wait and are interested */
    get: {
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
              /** @description Whose seat is taken, also where it is not paid for yet. */
              going: number
              /** @description Of those, how many have still to pay. */
              held: number
              waitlisted: number
              interested: number
              /** @description Whether the account that asks is interested. */
              mine: boolean
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
  '/api/v1/events/{eventId}/attendees': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who else goes
     * @description For who is registered: the names of those who let others see them.
     */
    get: {
      parameters: {
        query?: {
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
                name: string
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
  '/api/v1/events/{eventId}/registrations.csv': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Who comes to an event, as CSV
     * @description For its organizer. What a spreadsheet would take for a formula begins with an apostrophe.
     */
    get: {
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
        /** @description RFC 4180, UTF-8. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/csv': string
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
  '/api/v1/registrations/{registrationId}/successor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Pass the ticket on to somebody else
     * @description They get the seat, a ticket and a mail; the ticket that there was is worth nothing at once. Answers the registration that has ended.
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
      requestBody: {
        content: {
          'application/json': {
            name: string
            /** Format: email */
            email: string
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
  '/api/v1/registrations/{registrationId}/visibility': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Let other attendees see your name, or not */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          registrationId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            visibleToAttendees: boolean
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
  '/api/v1/guest-links/{token}/successor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Pass the ticket on to somebody else, as a guest
     * @description They get the seat, a ticket and a mail; the ticket that there was is worth nothing at once. Answers the registration that has ended.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            name: string
            /** Format: email */
            email: string
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
  '/api/v1/guest-links/{token}/visibility': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Let other attendees see your name, or not, as a guest */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          token: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            visibleToAttendees: boolean
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
              heldUntil: string | null
              /** @description Whether the guest still has to confirm by the link in the mail. Whoever pays does that first. */
              mustConfirm: boolean
              cancelledAt: string | null
              checkedInAt: string | null
              attended: boolean | null
              /** @description Whether others who are registered see the name. */
              visibleToAttendees: boolean
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
  '/api/v1/registrations/{registrationId}/ticket': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A ticket */
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
              registrationId: string
              /** @description What the QR code says: it lets one person in once. */
              code: string
              name: string
              /** @description In words, in the zone of the event. */
              when: string
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
                where: string | null
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
  '/api/v1/registrations/{registrationId}/ticket.png': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The QR code of a ticket */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'image/png': string
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
  '/api/v1/registrations/{registrationId}/ticket.svg': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The QR code of a ticket, as lines */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'image/svg+xml': string
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
  '/api/v1/registrations/{registrationId}/ticket.pdf': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A ticket to print */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/pdf': string
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
  '/api/v1/guest-links/{token}/ticket': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A ticket, as a guest */
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
              registrationId: string
              /** @description What the QR code says: it lets one person in once. */
              code: string
              name: string
              /** @description In words, in the zone of the event. */
              when: string
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
                where: string | null
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
  '/api/v1/guest-links/{token}/ticket.png': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The QR code of a ticket, as a guest */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'image/png': string
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
  '/api/v1/guest-links/{token}/ticket.svg': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** The QR code of a ticket, as lines, as a guest */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'image/svg+xml': string
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
  '/api/v1/guest-links/{token}/ticket.pdf': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** A ticket to print, as a guest */
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
        /** @description The file. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/pdf': string
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
  '/api/v1/events/{eventId}/check-ins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How many are to come and how many have */
    get: {
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
              going: number
              in: number
            }
          }
        }
      }
    }
    put?: never
    /**
     * Let somebody in
     * @description By the code of their ticket, or by the registration that was found in the list. A ticket lets one person in once, however many devices scan it: the others are told when that was.
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
            /** @description What the QR code of the ticket says. */
            code?: string
            /** Format: uuid */
            registrationId?: string
            /** @description A name of this scan. Sent again under it, it is answered as it was at first. */
            scanId?: string
            /** @description Where it was scanned, like “north door”. */
            device?: string
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
              registrationId: string
              name: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              at: string
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
  '/api/v1/events/{eventId}/walk-ins': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Let somebody in who is not registered
     * @description They get a free seat and are checked in: never beyond the capacity.
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
            name: string
            /** Format: email */
            email: string
            /**
             * @description Also when registration is closed.
             * @default false
             */
            evenIfClosed?: boolean
            /**
             * @description They have paid at the door what it costs. Otherwise they owe it.
             * @default false
             */
            paid?: boolean
            /** @description Where it was scanned, like “north door”. */
            device?: string
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
              registrationId: string
              name: string
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              at: string
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
  '/api/v1/events/{eventId}/check-ins/{registrationId}': {
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
     * Take a check-in back
     * @description The person can come in again.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          eventId: string
          registrationId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/door': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The list at the door
     * @description Who has a place, by name.
     */
    get: {
      parameters: {
        query?: {
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
                registrationId: string
                name: string
                email: string | null
                checkedInAt: string | null
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
  '/api/v1/events/{eventId}/reviews': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What people say of an event
     * @description Newest first, with the average and the number of all of them.
     */
    get: {
      parameters: {
        query?: {
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
                author: string | null
                rating: number
                comment: string
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
                hiddenAt: string | null
                can: {
                  edit: boolean
                  remove: boolean
                  hide: boolean
                }
              }[]
              nextCursor: string | null
              average: number | null
              count: number
            }
          }
        }
      }
    }
    put?: never
    /**
     * Review an event
     * @description Once, after the end, by who was there.
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
            rating: number
            comment?: string
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
              author: string | null
              rating: number
              comment: string
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
              hiddenAt: string | null
              can: {
                edit: boolean
                remove: boolean
                hide: boolean
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
  '/api/v1/reviews/{reviewId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /** Delete a review */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          reviewId: string
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
    /** Change your review */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          reviewId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            rating?: number
            comment?: string
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
              /** Format: uuid */
              eventId: string
              author: string | null
              rating: number
              comment: string
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
              hiddenAt: string | null
              can: {
                edit: boolean
                remove: boolean
                hide: boolean
              }
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/reviews/{reviewId}/report': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Report a review
     * @description Admins decide about it.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          reviewId: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            reason: string
          }
        }
      }
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
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/review-reports': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Reviews that were reported */
    get: {
      parameters: {
        query?: {
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
                review: {
                  /** Format: uuid */
                  id: string
                  number: number
                  /** Format: uuid */
                  eventId: string
                  author: string | null
                  rating: number
                  comment: string
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
                  hiddenAt: string | null
                  can: {
                    edit: boolean
                    remove: boolean
                    hide: boolean
                  }
                }
                reason: string
                reportedBy: string
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
  '/api/v1/reviews/{reviewId}/hiding': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /** Hide a review */
    put: {
      parameters: {
        query?: never
        header?: never
        path: {
          reviewId: string
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
              author: string | null
              rating: number
              comment: string
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
              hiddenAt: string | null
              can: {
                edit: boolean
                remove: boolean
                hide: boolean
              }
            }
          }
        }
      }
    }
    post?: never
    /** Show a review again */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          reviewId: string
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
              author: string | null
              rating: number
              comment: string
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
              hiddenAt: string | null
              can: {
                edit: boolean
                remove: boolean
                hide: boolean
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
          channel?: 'email' | 'service' | 'sms' | 'push'
          topic?:
            | 'confirmed'
            | 'to-confirm'
            | 'waitlisted'
            | 'promoted'
            | 'cancelled'
            | 'corrected'
            | 'passed-on'
            | 'event-cancelled'
            | 'moved'
            | 'invited'
            | 'not-published'
            | 'held'
            | 'offered'
            | 'lapsed'
            | 'reminder'
            | 'subscribed'
            | 'followed-moved'
            | 'followed-cancelled'
            | 'verify-email'
            | 'account-exists'
            | 'reset-password'
            | 'change-email'
            | 'email-changed'
            | 'address-wanted'
            | 'password-changed'
            | 'token-reused'
            | 'suspended'
            | 'suspension-lifted'
            | 'phone-code'
            | 'two-factor-on'
            | 'two-factor-off'
            | 'recovery-codes-renewed'
            | 'recovery-code-used'
            | 'two-factor-locked'
            | 'api-key-made'
            | 'way-in-linked'
            | 'way-in-unlinked'
            | 'team-invited'
            | 'team-answered'
            | 'team-removed'
          /** @description Exactly as it was written to. */
          recipient?: string
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
                topic:
                  | 'confirmed'
                  | 'to-confirm'
                  | 'waitlisted'
                  | 'promoted'
                  | 'cancelled'
                  | 'corrected'
                  | 'passed-on'
                  | 'event-cancelled'
                  | 'moved'
                  | 'invited'
                  | 'not-published'
                  | 'held'
                  | 'offered'
                  | 'lapsed'
                  | 'reminder'
                  | 'subscribed'
                  | 'followed-moved'
                  | 'followed-cancelled'
                  | 'verify-email'
                  | 'account-exists'
                  | 'reset-password'
                  | 'change-email'
                  | 'email-changed'
                  | 'address-wanted'
                  | 'password-changed'
                  | 'token-reused'
                  | 'suspended'
                  | 'suspension-lifted'
                  | 'phone-code'
                  | 'two-factor-on'
                  | 'two-factor-off'
                  | 'recovery-codes-renewed'
                  | 'recovery-code-used'
                  | 'two-factor-locked'
                  | 'api-key-made'
                  | 'way-in-linked'
                  | 'way-in-unlinked'
                  | 'team-invited'
                  | 'team-answered'
                  | 'team-removed'
                /** @enum {string} */
                channel: 'email' | 'service' | 'sms' | 'push'
                recipient: string
                eventId: string | null
                /**
                 * @description due: waiting, being sent or to be tried again. failed: given up.
                 * @enum {string}
                 */
                state: 'due' | 'sent' | 'failed'
                sentAt: string | null
                failedAt: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
                attempts: number
                lastError: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                dueAt: string
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
  '/api/v1/notifications/{notificationId}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * A message
     * @description With its attempts and why the last one failed. For admins.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          notificationId: string
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
              /** @enum {string} */
              topic:
                | 'confirmed'
                | 'to-confirm'
                | 'waitlisted'
                | 'promoted'
                | 'cancelled'
                | 'corrected'
                | 'passed-on'
                | 'event-cancelled'
                | 'moved'
                | 'invited'
                | 'not-published'
                | 'held'
                | 'offered'
                | 'lapsed'
                | 'reminder'
                | 'subscribed'
                | 'followed-moved'
                | 'followed-cancelled'
                | 'verify-email'
                | 'account-exists'
                | 'reset-password'
                | 'change-email'
                | 'email-changed'
                | 'address-wanted'
                | 'password-changed'
                | 'token-reused'
                | 'suspended'
                | 'suspension-lifted'
                | 'phone-code'
                | 'two-factor-on'
                | 'two-factor-off'
                | 'recovery-codes-renewed'
                | 'recovery-code-used'
                | 'two-factor-locked'
                | 'api-key-made'
                | 'way-in-linked'
                | 'way-in-unlinked'
                | 'team-invited'
                | 'team-answered'
                | 'team-removed'
              /** @enum {string} */
              channel: 'email' | 'service' | 'sms' | 'push'
              recipient: string
              eventId: string | null
              /**
               * @description due: waiting, being sent or to be tried again. failed: given up.
               * @enum {string}
               */
              state: 'due' | 'sent' | 'failed'
              sentAt: string | null
              failedAt: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
              attempts: number
              lastError: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              dueAt: string
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
  '/api/v1/notifications/{notificationId}/resend': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Send a message again
     * @description What was given up is tried anew; what was sent is written once more and says the same. For admins, and for who runs the event that it is about.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          notificationId: string
        }
        cookie?: never
      }
      requestBody?: never
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
              /** @enum {string} */
              topic:
                | 'confirmed'
                | 'to-confirm'
                | 'waitlisted'
                | 'promoted'
                | 'cancelled'
                | 'corrected'
                | 'passed-on'
                | 'event-cancelled'
                | 'moved'
                | 'invited'
                | 'not-published'
                | 'held'
                | 'offered'
                | 'lapsed'
                | 'reminder'
                | 'subscribed'
                | 'followed-moved'
                | 'followed-cancelled'
                | 'verify-email'
                | 'account-exists'
                | 'reset-password'
                | 'change-email'
                | 'email-changed'
                | 'address-wanted'
                | 'password-changed'
                | 'token-reused'
                | 'suspended'
                | 'suspension-lifted'
                | 'phone-code'
                | 'two-factor-on'
                | 'two-factor-off'
                | 'recovery-codes-renewed'
                | 'recovery-code-used'
                | 'two-factor-locked'
                | 'api-key-made'
                | 'way-in-linked'
                | 'way-in-unlinked'
                | 'team-invited'
                | 'team-answered'
                | 'team-removed'
              /** @enum {string} */
              channel: 'email' | 'service' | 'sms' | 'push'
              recipient: string
              eventId: string | null
              /**
               * @description due: waiting, being sent or to be tried again. failed: given up.
               * @enum {string}
               */
              state: 'due' | 'sent' | 'failed'
              sentAt: string | null
              failedAt: string | null
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
  '/api/v1/me/notifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What was written to me
     * @description Newest first, as long as it is kept.
     */
    get: {
      parameters: {
        query?: {
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
                topic:
                  | 'confirmed'
                  | 'to-confirm'
                  | 'waitlisted'
                  | 'promoted'
                  | 'cancelled'
                  | 'corrected'
                  | 'passed-on'
                  | 'event-cancelled'
                  | 'moved'
                  | 'invited'
                  | 'not-published'
                  | 'held'
                  | 'offered'
                  | 'lapsed'
                  | 'reminder'
                  | 'subscribed'
                  | 'followed-moved'
                  | 'followed-cancelled'
                  | 'verify-email'
                  | 'account-exists'
                  | 'reset-password'
                  | 'change-email'
                  | 'email-changed'
                  | 'address-wanted'
                  | 'password-changed'
                  | 'token-reused'
                  | 'suspended'
                  | 'suspension-lifted'
                  | 'phone-code'
                  | 'two-factor-on'
                  | 'two-factor-off'
                  | 'recovery-codes-renewed'
                  | 'recovery-code-used'
                  | 'two-factor-locked'
                  | 'api-key-made'
                  | 'way-in-linked'
                  | 'way-in-unlinked'
                  | 'team-invited'
                  | 'team-answered'
                  | 'team-removed'
                /** @enum {string} */
                channel: 'email' | 'service' | 'sms' | 'push'
                recipient: string
                eventId: string | null
                /**
                 * @description due: waiting, being sent or to be tried again. failed: given up.
                 * @enum {string}
                 */
                state: 'due' | 'sent' | 'failed'
                sentAt: string | null
                failedAt: string | null
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
  '/api/v1/events/{eventId}/notifications': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What was written about an event
     * @description To whom, by which channel and what became of it, newest first. For who runs it.
     */
    get: {
      parameters: {
        query?: {
          state?: 'due' | 'sent' | 'failed'
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
                /** @enum {string} */
                topic:
                  | 'confirmed'
                  | 'to-confirm'
                  | 'waitlisted'
                  | 'promoted'
                  | 'cancelled'
                  | 'corrected'
                  | 'passed-on'
                  | 'event-cancelled'
                  | 'moved'
                  | 'invited'
                  | 'not-published'
                  | 'held'
                  | 'offered'
                  | 'lapsed'
                  | 'reminder'
                  | 'subscribed'
                  | 'followed-moved'
                  | 'followed-cancelled'
                  | 'verify-email'
                  | 'account-exists'
                  | 'reset-password'
                  | 'change-email'
                  | 'email-changed'
                  | 'address-wanted'
                  | 'password-changed'
                  | 'token-reused'
                  | 'suspended'
                  | 'suspension-lifted'
                  | 'phone-code'
                  | 'two-factor-on'
                  | 'two-factor-off'
                  | 'recovery-codes-renewed'
                  | 'recovery-code-used'
                  | 'two-factor-locked'
                  | 'api-key-made'
                  | 'way-in-linked'
                  | 'way-in-unlinked'
                  | 'team-invited'
                  | 'team-answered'
                  | 'team-removed'
                /** @enum {string} */
                channel: 'email' | 'service' | 'sms' | 'push'
                recipient: string
                eventId: string | null
                /**
                 * @description due: waiting, being sent or to be tried again. failed: given up.
                 * @enum {string}
                 */
                state: 'due' | 'sent' | 'failed'
                sentAt: string | null
                failedAt: string | null
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
  '/api/v1/admin/channels': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How the channels are
     * @description Whether each is set up, paused or left alone for a while, and how much waits. For admins.
     */
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
                /** @enum {string} */
                name: 'email' | 'service' | 'sms' | 'push'
                /** @description By the settings of the process that answers. */
                setUp: boolean
                paused: {
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  since: string
                  reason: string
                } | null
                /** @description Destinations that have failed since they last took something. */
                breakers: {
                  destination: string
                  /** @enum {string} */
                  state: 'closed' | 'open' | 'half-open'
                  /** @description In a row. */
                  failures: number
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  since: string
                  retryAt: string | null
                  lastError: string
                }[]
                due: number
                oldestDueAt: string | null
                failed: number
                sentInLastHour: number
              }[]
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
  '/api/v1/admin/channels/{name}/resume': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Let a paused channel go on
     * @description When what lets us in there was put right. A channel that is not paused stays as it is.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          name: 'email' | 'service' | 'sms' | 'push'
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
              /** @enum {string} */
              name: 'email' | 'service' | 'sms' | 'push'
              /** @description By the settings of the process that answers. */
              setUp: boolean
              paused: {
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                since: string
                reason: string
              } | null
              /** @description Destinations that have failed since they last took something. */
              breakers: {
                destination: string
                /** @enum {string} */
                state: 'closed' | 'open' | 'half-open'
                /** @description In a row. */
                failures: number
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                since: string
                retryAt: string | null
                lastError: string
              }[]
              due: number
              oldestDueAt: string | null
              failed: number
              sentInLastHour: number
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
  '/api/v1/events/{eventId}/subscriptions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Follow an event
     * @description Whoever follows hears when the event is moved, cancelled, or about to begin. By an address, by a browser (`push`), or, with an empty body, as the account that is logged in. Says the same whether it was followed before or not.
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
            /** Format: email */
            email?: string
            /** @description What `PushSubscription.toJSON()` says, without the expiration time. */
            push?: {
              /**
               * Format: uri
               * @description Where the push service of the browser takes messages for it.
               */
              endpoint: string
              keys: {
                p256dh: string
                auth: string
              }
            }
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
              /** @enum {string} */
              by: 'account' | 'email' | 'browser'
              id: string | null
              link: string | null
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
  '/api/v1/subscription-links/{token}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a link ends
     * @description The link is in every mail to who follows an event.
     */
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
              /** @enum {string} */
              by: 'account' | 'email' | 'browser'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              createdAt: string
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
              }
            }
          }
        }
      }
    }
    put?: never
    post?: never
    /**
     * Follow no longer, by the link
     * @description What was written because of it is forgotten, too. Again is no error.
     */
    delete: {
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
  '/api/v1/me/subscriptions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What I follow
     * @description What is not over, by account and by my browsers; the next to begin first.
     */
    get: {
      parameters: {
        query?: {
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
                by: 'account' | 'email' | 'browser'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                createdAt: string
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
  '/api/v1/me/subscriptions/{subscriptionId}': {
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
     * Follow no longer
     * @description One of my own.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          subscriptionId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/push-key': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The key that we push with
     * @description For `applicationServerKey`, in base64url.
     */
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
              key: string
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
  '/api/v1/me/push-subscriptions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Write to this browser
     * @description What is written to the account is shown there as well, reminders first of all. The same browser again is the same one.
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
      /** @description What `PushSubscription.toJSON()` says, without the expiration time. */
      requestBody: {
        content: {
          'application/json': {
            /**
             * Format: uri
             * @description Where the push service of the browser takes messages for it.
             */
            endpoint: string
            keys: {
              p256dh: string
              auth: string
            }
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
  '/api/v1/me/push-subscriptions/{browserId}': {
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
     * Write to this browser no longer
     * @description What it follows, it follows no longer either.
     */
    delete: {
      parameters: {
        query?: never
        header?: never
        path: {
          browserId: string
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
    patch?: never
    trace?: never
  }
  '/api/v1/events/{eventId}/calendar.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** One event for a calendar */
    get: {
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
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/calendars/organizers/{id}.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The events of an organizer, as a feed
     * @description Published events from thirty days ago on, at most 1,000.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/calendars/categories/{id}.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The events of a category, as a feed
     * @description Published events from thirty days ago on, at most 1,000.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/calendars/venues/{id}.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * The events at a venue, as a feed
     * @description Published events from thirty days ago on, at most 1,000.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path: {
          id: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/calendars/all.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * All events, as a feed
     * @description Published events from thirty days ago on, at most 1,000.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/calendars/mine/{token}.ics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a person goes to, as a feed
     * @description Of whoever the token in the address belongs to: going is confirmed, waiting for a seat is tentative.
     */
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
        /** @description The calendar, as RFC 5545 has it. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'text/calendar': string
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
  '/api/v1/me/calendar': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** Where my calendar is read */
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
              /** @description Where the calendar is read, by whoever has it: keep it to yourself. */
              address: string
              /** @description The same, to be opened by a calendar program. */
              webcal: string
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
  '/api/v1/me/calendar/renewals': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Give my calendar a new address
     * @description Whoever reads it at the old one is turned away from now on.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        201: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** @description Where the calendar is read, by whoever has it: keep it to yourself. */
              address: string
              /** @description The same, to be opened by a calendar program. */
              webcal: string
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
  '/api/v1/external-events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Search events elsewhere
     * @description For whoever is logged in. Asks the provider at once; what is there already says so.
     */
    get: {
      parameters: {
        query?: {
          /** @description Without it: the first that is set up. */
          provider?: 'ticketmaster' | 'seatgeek'
          /** @example concert */
          query?: string
          /**
           * @description A city, a state like NY, or a postal code.
           * @example NY
           */
          location?: string
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
                /** @enum {string} */
                provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
                externalId: string
                title: string
                description: string
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
                place: string | null
                venueName: string | null
                priceRange: string | null
                ticketUrl: string | null
                isImported: boolean
                eventId: string | null
              }[]
              nextCursor: string | null
              /** @enum {string} */
              provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
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
  '/api/v1/external-events/{provider}/{externalId}/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Import an event from elsewhere
     * @description For organizers. Makes a draft of it that is yours; fields in the body are taken instead of what is said there. What you have imported before is answered as it is now, with 200.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          provider: 'ticketmaster' | 'seatgeek'
          externalId: string
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
            /**
             * @description Whether guests have to confirm by the link in their mail; until then, for an hour at most, their place is held.
             * @default false
             */
            confirmsGuests?: boolean
            /**
             * @description How many minutes before the start who comes is reminded; a day and half an hour when nothing is said.
             * @example [
             *       1440,
             *       30
             *     ]
             */
            reminderMinutes?: number[]
            /**
             * @description Names of tags; one that nobody has used before becomes one.
             * @example [
             *       "open source",
             *       "beginners"
             *     ]
             */
            tags?: string[]
            /**
             * @description unlisted: in no list, for whoever has the link. private: for who is invited or registered.
             * @default public
             * @enum {string}
             */
            visibility?: 'public' | 'unlisted' | 'private'
            onlineUrl?: string | null
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
                register: boolean
              }
            }
          }
        }
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
              tags: string[]
              /** @enum {string} */
              visibility: 'public' | 'unlisted' | 'private'
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
              price: {
                /** @description In minor units. */
                amount: number
                currency: string
              } | null
              registrationDeadline: string | null
              hasWaitlist: boolean
              banner: {
                alt: string
                /** @description WebP, the narrowest first. An address never shows anything else. */
                widths: {
                  width: number
                  url: string
                }[]
                /** @description The address of a JPEG, for previews and mails. */
                jpeg: string
              } | null
              series: {
                /** Format: uuid */
                id: string
              } | null
              description: string
              /** @description The description as HTML that is safe in a page. */
              descriptionHtml: string
              /** @description Whether guests have to confirm by the link in their mail. */
              confirmsGuests: boolean
              /** @description How many minutes before the start who comes is reminded, the longest first. */
              reminderMinutes: number[]
              onlineUrl: string | null
              source: {
                provider: string
                ticketUrl: string | null
                priceRange: string | null
              } | null
              version: number
              publishAt: string | null
              publishedAt: string | null
              closedAt: string | null
              cancelledAt: string | null
              archivedAt: string | null
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
                checkIn: boolean
                setPrice: boolean
                seeTeam: boolean
                changeTeam: boolean
                handOver: boolean
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
  '/api/v1/admin/sync-runs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Synchronisations
     * @description For admins, newest first.
     */
    get: {
      parameters: {
        query?: {
          limit?: number
          /** @description `nextCursor` of the page before. */
          cursor?: string
          provider?: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
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
                provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
                /** @enum {string} */
                mode: 'full' | 'incremental'
                /** @enum {string} */
                state: 'running' | 'done' | 'failed'
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                beganAt: string
                endedAt: string | null
                durationMs: number | null
                error: string | null
                newEventsCount: number
                updatedEventsCount: number
                /** @description No longer announced there, so cancelled here. */
                withdrawnEventsCount: number
                unchangedEventsCount: number
                /** @description What could not be taken. */
                skippedCount: number
                /** @description The first hundred of them. */
                skipped: {
                  externalId: string | null
                  reason: string
                }[]
                /** @description Changed there, and edited here: what was edited stays. */
                keptCount: number
                /** @description The first hundred of them. */
                kept: {
                  externalId: string
                  /** Format: uuid */
                  eventId: string
                  fields: string[]
                }[]
                lastSyncedChangedAt: string | null
              }[]
              nextCursor: string | null
            }
          }
        }
      }
    }
    put?: never
    /**
     * Begin a synchronisation
     * @description For admins. It goes on by itself; one at a time with each provider.
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
            /** @enum {string} */
            provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
            /**
             * @description Everything; otherwise what changed since the last time.
             * @default false
             */
            full?: boolean
            /**
             * @description Also where more than half of the events to come are gone there.
             * @default false
             */
            acceptWithdrawals?: boolean
          }
        }
      }
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              /** @enum {string} */
              provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
              /** @enum {string} */
              mode: 'full' | 'incremental'
              /** @enum {string} */
              state: 'running' | 'done' | 'failed'
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              beganAt: string
              endedAt: string | null
              durationMs: number | null
              error: string | null
              newEventsCount: number
              updatedEventsCount: number
              /** @description No longer announced there, so cancelled here. */
              withdrawnEventsCount: number
              unchangedEventsCount: number
              /** @description What could not be taken. */
              skippedCount: number
              /** @description The first hundred of them. */
              skipped: {
                externalId: string | null
                reason: string
              }[]
              /** @description Changed there, and edited here: what was edited stays. */
              keptCount: number
              /** @description The first hundred of them. */
              kept: {
                externalId: string
                /** Format: uuid */
                eventId: string
                fields: string[]
              }[]
              lastSyncedChangedAt: string | null
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
  '/api/v1/admin/sync-providers': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Where events come from
     * @description For admins: which providers are set up, and how their last runs went.
     */
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
                /** @enum {string} */
                name: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
                /** @description Whether it can be asked. */
                isSet: boolean
                /** @description Whether synchronisations run with it. */
                runs: boolean
                /** @description Whether organizers can search it. */
                isSearched: boolean
                missing: string | null
                changedAt: string | null
                lastRun: {
                  /** Format: uuid */
                  id: string
                  /** @enum {string} */
                  provider: 'feed' | 'ics' | 'ticketmaster' | 'seatgeek'
                  /** @enum {string} */
                  mode: 'full' | 'incremental'
                  /** @enum {string} */
                  state: 'running' | 'done' | 'failed'
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  beganAt: string
                  endedAt: string | null
                  durationMs: number | null
                  error: string | null
                  newEventsCount: number
                  updatedEventsCount: number
                  /** @description No longer announced there, so cancelled here. */
                  withdrawnEventsCount: number
                  unchangedEventsCount: number
                  /** @description What could not be taken. */
                  skippedCount: number
                  /** @description The first hundred of them. */
                  skipped: {
                    externalId: string | null
                    reason: string
                  }[]
                  /** @description Changed there, and edited here: what was edited stays. */
                  keptCount: number
                  /** @description The first hundred of them. */
                  kept: {
                    externalId: string
                    /** Format: uuid */
                    eventId: string
                    fields: string[]
                  }[]
                  lastSyncedChangedAt: string | null
                } | null
              }[]
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
  '/api/v1/events/{eventId}/analytics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * How an event fills
     * @description For its organizer: who goes, waits and has left, who was there and how they liked it, and the registrations by day in the event’s zone.
     */
    get: {
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
              /** @description Whose days these are. */
              zone: string
              capacity: number | null
              going: number
              waiting: number
              cancelled: number
              /** @description How many came from the waitlist to a seat. */
              promoted: number
              /** @description How many were checked in. */
              attended: number
              /** @description How many had a place and did not come: of events that are over, where people were checked in. */
              noShow: number
              /** @description Of the reviews that are not hidden. */
              rating: {
                average: number | null
                count: number
              }
              /** @description Days on which something happened, of the latest 400. */
              days: {
                /** Format: date */
                day: string
                registered: number
                cancelled: number
              }[]
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
  '/api/v1/me/analytics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How my events do together */
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
              totals: {
                events: number
                upcoming: number
                going: number
                waiting: number
                /** @description How many were checked in. */
                attended: number
                /** @description How many had a place and did not come: of events that are over, where people were checked in. */
                noShow: number
                /** @description Of the reviews that are not hidden. */
                rating: {
                  average: number | null
                  count: number
                }
              }
              /** @description What most people go to or wait for, at most ten. */
              popular: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                capacity: number | null
                going: number
                waiting: number
              }[]
              /** @description The last twelve months in UTC. */
              months: {
                /** @example 2027-03 */
                month: string
                registered: number
              }[]
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
  '/api/v1/analytics': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** How the whole instance does */
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
              accounts: number
              organizers: number
              totals: {
                events: number
                upcoming: number
                going: number
                waiting: number
                /** @description How many were checked in. */
                attended: number
                /** @description How many had a place and did not come: of events that are over, where people were checked in. */
                noShow: number
                /** @description Of the reviews that are not hidden. */
                rating: {
                  average: number | null
                  count: number
                }
              }
              /** @description What most people go to or wait for, at most ten. */
              popular: {
                /** Format: uuid */
                id: string
                slug: string
                title: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                startsAt: string
                capacity: number | null
                going: number
                waiting: number
              }[]
              /** @description The last twelve months in UTC. */
              months: {
                /** @example 2027-03 */
                month: string
                registered: number
              }[]
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
  '/api/v1/me/data': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Everything that is kept of you
     * @description As one JSON document to download. Nothing in it logs anybody in.
     */
    get: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Your data. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: date-time */
              exportedAt: string
              account: {
                [key: string]: unknown
              }
              sessions: {
                [key: string]: unknown
              }[]
              acceptedTerms: {
                [key: string]: unknown
              }[]
              favouriteCategories: {
                [key: string]: unknown
              }[]
              logInsThroughOthers: {
                [key: string]: unknown
              }[]
              apiKeys: {
                [key: string]: unknown
              }[]
              linksMailed: {
                [key: string]: unknown
              }[]
              registrations: {
                [key: string]: unknown
              }[]
              tickets: {
                [key: string]: unknown
              }[]
              interests: {
                [key: string]: unknown
              }[]
              subscriptions: {
                [key: string]: unknown
              }[]
              browsersWrittenTo: {
                [key: string]: unknown
              }[]
              reviews: {
                [key: string]: unknown
              }[]
              reports: {
                [key: string]: unknown
              }[]
              invitations: {
                [key: string]: unknown
              }[]
              teams: {
                [key: string]: unknown
              }[]
              teamInvitations: {
                [key: string]: unknown
              }[]
              events: {
                [key: string]: unknown
              }[]
              series: {
                [key: string]: unknown
              }[]
              messages: {
                [key: string]: unknown
              }[]
              pictures: {
                [key: string]: unknown
              }[]
              facts: {
                [key: string]: unknown
              }[]
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
  '/api/v1/me/erasure': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Delete your account
     * @description At once and for good. Places at what is to come go to the next in line; what is past keeps its counts and stars, without your name.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            password: string
          }
        }
      }
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
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/v1/guest-links/{token}/data': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Everything that is kept of a guest
     * @description The registration of this link, and what was written to its address about it.
     */
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
        /** @description The guest’s data. */
        200: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: date-time */
              exportedAt: string
              registrations: {
                [key: string]: unknown
              }[]
              messages: {
                [key: string]: unknown
              }[]
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
  '/api/v1/retention': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Take away what was kept for long enough
     * @description For admins: what the job does every night, at once, or what it would do. 5000 of a kind at a time.
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
             * @description Only say what would go; nothing is changed.
             * @default false
             */
            dryRun?: boolean
            /** @description In the place of the days that are set. */
            registrations?: number
            /** @description In the place of the days that are set. */
            messages?: number
            /** @description In the place of the days that are set. */
            sessions?: number
            /** @description In the place of the days that are set. */
            facts?: number
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
              dryRun: boolean
              kinds: {
                /** @enum {string} */
                kind: 'registrations' | 'messages' | 'sessions' | 'facts'
                days: number | null
                /** @description How many lost their words or went, or would. */
                count: number
                /** @description There are more: ask again. */
                more: boolean
              }[]
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
  '/api/v1/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What happened
     * @description For admins, newest first.
     */
    get: {
      parameters: {
        query?: {
          /** @description Like session.opened. */
          kind?: string
          /** @description The account that did it. */
          actor?: string
          /** @description The account that it was done to. */
          account?: string
          event?: string
          /** @example 2027-03-20T18:00:00.000Z */
          since?: string
          /** @example 2027-03-20T18:00:00.000Z */
          until?: string
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
                id: number
                kind: string
                /** @description What happened, in words. */
                sentence: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                at: string
                actor: {
                  kind: string
                  id: string | null
                  name: string | null
                }
                event: {
                  /** Format: uuid */
                  id: string
                  slug: string
                  title: string
                } | null
                account: {
                  /** Format: uuid */
                  id: string
                  username: string
                } | null
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
  '/api/v1/me/activity': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /** What I did, and what was done to my account */
    get: {
      parameters: {
        query?: {
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
                id: number
                kind: string
                /** @description What happened, in words. */
                sentence: string
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                at: string
                actor: {
                  kind: string
                  id: string | null
                  name: string | null
                }
                event: {
                  /** Format: uuid */
                  id: string
                  slug: string
                  title: string
                } | null
                account: {
                  /** Format: uuid */
                  id: string
                  username: string
                } | null
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
  '/api/v1/admin/schedules': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * All jobs
     * @description For admins: when each runs, how the last run went, and when the next is. A worker has to have been here.
     */
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
                /** @example publish-due-events */
                name: string
                /** @enum {string} */
                queue: 'notifications' | 'periodic'
                /** @description Minute, hour, day, month and weekday, as in a crontab. */
                cron: string
                /** @description On whose clock. */
                zone: string
                /** @description What the program says. */
                defaultCron: string
                pausedAt: string | null
                changedAt: string | null
                nextRunAt: string | null
                openRun: ('waiting' | 'running') | null
                lastRun: {
                  /** Format: uuid */
                  id: string
                  /** @example publish-due-events */
                  name: string
                  /** @enum {string} */
                  queue: 'notifications' | 'periodic'
                  /**
                   * @description waiting: for its time, a worker or the next try. failed: given up after the last try.
                   * @enum {string}
                   */
                  state: 'waiting' | 'running' | 'done' | 'failed'
                  /**
                   * @description program: the command line, or we ourselves.
                   * @enum {string}
                   */
                  askedBy: 'schedule' | 'account' | 'program'
                  askedByAccountId: string | null
                  /**
                   * Format: date-time
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  askedAt: string
                  /**
                   * Format: date-time
                   * @description When it may begin, or be tried again.
                   * @example 2027-03-20T18:00:00.000Z
                   */
                  dueAt: string
                  attempts: number
                  startedAt: string | null
                  endedAt: string | null
                  durationMs: number | null
                  lastError: string | null
                  result: {
                    [key: string]: unknown
                  } | null
                } | null
              }[]
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
  '/api/v1/admin/schedules/{name}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Change when a job runs, or pause it
     * @description Workers follow within a second. What was missed while it was paused is not made up for.
     */
    patch: {
      parameters: {
        query?: never
        header?: never
        path: {
          /** @example publish-due-events */
          name: string
        }
        cookie?: never
      }
      requestBody: {
        content: {
          'application/json': {
            cron?: string | null
            /** @example Europe/Berlin */
            zone?: string
            paused?: boolean
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
              /** @example publish-due-events */
              name: string
              /** @enum {string} */
              queue: 'notifications' | 'periodic'
              /** @description Minute, hour, day, month and weekday, as in a crontab. */
              cron: string
              /** @description On whose clock. */
              zone: string
              /** @description What the program says. */
              defaultCron: string
              pausedAt: string | null
              changedAt: string | null
              nextRunAt: string | null
              openRun: ('waiting' | 'running') | null
              lastRun: {
                /** Format: uuid */
                id: string
                /** @example publish-due-events */
                name: string
                /** @enum {string} */
                queue: 'notifications' | 'periodic'
                /**
                 * @description waiting: for its time, a worker or the next try. failed: given up after the last try.
                 * @enum {string}
                 */
                state: 'waiting' | 'running' | 'done' | 'failed'
                /**
                 * @description program: the command line, or we ourselves.
                 * @enum {string}
                 */
                askedBy: 'schedule' | 'account' | 'program'
                askedByAccountId: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                askedAt: string
                /**
                 * Format: date-time
                 * @description When it may begin, or be tried again.
                 * @example 2027-03-20T18:00:00.000Z
                 */
                dueAt: string
                attempts: number
                startedAt: string | null
                endedAt: string | null
                durationMs: number | null
                lastError: string | null
                result: {
                  [key: string]: unknown
                } | null
              } | null
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/admin/schedules/{name}/runs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Run a job now
     * @description As soon as a worker is free, also where it is paused; its schedule stays as it is.
     */
    post: {
      parameters: {
        query?: never
        header?: {
          /** @description Repeat the request with the same key and it has no second effect. */
          'Idempotency-Key'?: string
        }
        path: {
          /** @example publish-due-events */
          name: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              /** @example publish-due-events */
              name: string
              /** @enum {string} */
              queue: 'notifications' | 'periodic'
              /**
               * @description waiting: for its time, a worker or the next try. failed: given up after the last try.
               * @enum {string}
               */
              state: 'waiting' | 'running' | 'done' | 'failed'
              /**
               * @description program: the command line, or we ourselves.
               * @enum {string}
               */
              askedBy: 'schedule' | 'account' | 'program'
              askedByAccountId: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              askedAt: string
              /**
               * Format: date-time
               * @description When it may begin, or be tried again.
               * @example 2027-03-20T18:00:00.000Z
               */
              dueAt: string
              attempts: number
              startedAt: string | null
              endedAt: string | null
              durationMs: number | null
              lastError: string | null
              result: {
                [key: string]: unknown
              } | null
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
  '/api/v1/admin/job-runs': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Runs of jobs
     * @description For admins, newest first, of the last 30 days. `failed` are the dead letters.
     */
    get: {
      parameters: {
        query?: {
          /** @example publish-due-events */
          name?: string
          state?: 'waiting' | 'running' | 'done' | 'failed'
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
                /** @example publish-due-events */
                name: string
                /** @enum {string} */
                queue: 'notifications' | 'periodic'
                /**
                 * @description waiting: for its time, a worker or the next try. failed: given up after the last try.
                 * @enum {string}
                 */
                state: 'waiting' | 'running' | 'done' | 'failed'
                /**
                 * @description program: the command line, or we ourselves.
                 * @enum {string}
                 */
                askedBy: 'schedule' | 'account' | 'program'
                askedByAccountId: string | null
                /**
                 * Format: date-time
                 * @example 2027-03-20T18:00:00.000Z
                 */
                askedAt: string
                /**
                 * Format: date-time
                 * @description When it may begin, or be tried again.
                 * @example 2027-03-20T18:00:00.000Z
                 */
                dueAt: string
                attempts: number
                startedAt: string | null
                endedAt: string | null
                durationMs: number | null
                lastError: string | null
                result: {
                  [key: string]: unknown
                } | null
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
  '/api/v1/admin/job-runs/{runId}/retries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Try a run again that was given up
     * @description It has all its tries again.
     */
    post: {
      parameters: {
        query?: never
        header?: never
        path: {
          runId: string
        }
        cookie?: never
      }
      requestBody?: never
      responses: {
        /** @description Default Response */
        202: {
          headers: {
            [name: string]: unknown
          }
          content: {
            'application/json': {
              /** Format: uuid */
              id: string
              /** @example publish-due-events */
              name: string
              /** @enum {string} */
              queue: 'notifications' | 'periodic'
              /**
               * @description waiting: for its time, a worker or the next try. failed: given up after the last try.
               * @enum {string}
               */
              state: 'waiting' | 'running' | 'done' | 'failed'
              /**
               * @description program: the command line, or we ourselves.
               * @enum {string}
               */
              askedBy: 'schedule' | 'account' | 'program'
              askedByAccountId: string | null
              /**
               * Format: date-time
               * @example 2027-03-20T18:00:00.000Z
               */
              askedAt: string
              /**
               * Format: date-time
               * @description When it may begin, or be tried again.
               * @example 2027-03-20T18:00:00.000Z
               */
              dueAt: string
              attempts: number
              startedAt: string | null
              endedAt: string | null
              durationMs: number | null
              lastError: string | null
              result: {
                [key: string]: unknown
              } | null
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
  '/api/v1/admin/doctor': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Look at everything that has to be well
     * @description For admins: database, schema, clock, disk, keys, how we are reached, mail, Redis, what waits, and each job. Takes up to ten seconds.
     */
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
              /** @description Nothing fails. */
              healthy: boolean
              checks: {
                name: string
                /**
                 * @description warn: it works, and somebody should look. fail: it does not.
                 * @enum {string}
                 */
                state: 'ok' | 'warn' | 'fail'
                /** @description How it is, in one sentence. */
                says: string
                todo: string | null
              }[]
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
  '/api/v1/admin/doctor/test-mail': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Send a test mail
     * @description For admins: now, past every queue.
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
            /** Format: email */
            to: string
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
              /** @description The mail server has taken it. */
              sent: boolean
              error: string | null
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
  '/api/v1/payments/stripe/notices': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Where Stripe sends its notices
     * @description A webhook, signed in `Stripe-Signature`. Repeated and out of order it has one effect; types that do not concern us are taken and ignored.
     */
    post: {
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
              taken: boolean
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
  '/api/v1/unsubscriptions/{token}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * What a link in a mail turns off
     * @description Looking changes nothing.
     */
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
              /** @enum {string} */
              group: 'registrations' | 'reminders' | 'changes' | 'recommendations'
              off: boolean
              /** @description For an account, whose preferences say so; otherwise for the address alone. */
              forAccount: boolean
            }
          }
        }
      }
    }
    put?: never
    /**
     * Turn mails off by the link that is in them
     * @description What a mail program does at one click (RFC 8058), too. The same twice is once.
     */
    post: {
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
              /** @enum {string} */
              group: 'registrations' | 'reminders' | 'changes' | 'recommendations'
              off: boolean
              /** @description For an account, whose preferences say so; otherwise for the address alone. */
              forAccount: boolean
            }
          }
        }
      }
    }
    /** Turn them on again */
    delete: {
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
              /** @enum {string} */
              group: 'registrations' | 'reminders' | 'changes' | 'recommendations'
              off: boolean
              /** @description For an account, whose preferences say so; otherwise for the address alone. */
              forAccount: boolean
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
  '/api/v1/events/{eventId}/banner': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Put up a banner
     * @description JPEG, PNG or WebP. It is made anew in several widths; what was hidden in it, like the place, is not kept. `If-Match` with the ETag of the event refuses when somebody was faster.
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
          'multipart/form-data': {
            /**
             * Format: binary
             * @description JPEG, PNG or WebP, at most 10 MB and 40 megapixels.
             */
            picture: string
            /** @description What is to be seen, for who cannot see it. */
            alt?: string
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
              alt: string
              /** @description WebP, the narrowest first. An address never shows anything else. */
              widths: {
                width: number
                url: string
              }[]
              /** @description The address of a JPEG, for previews and mails. */
              jpeg: string
            }
          }
        }
      }
    }
    post?: never
    /**
     * Take the banner down
     * @description `If-Match` with the ETag of the event refuses when somebody was faster.
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
     * Say what is to be seen on the banner
     * @description `If-Match` with the ETag of the event refuses when somebody was faster.
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
            /** @description What is to be seen, for who cannot see it. */
            alt: string
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
              alt: string
              /** @description WebP, the narrowest first. An address never shows anything else. */
              widths: {
                width: number
                url: string
              }[]
              /** @description The address of a JPEG, for previews and mails. */
              jpeg: string
            }
          }
        }
      }
    }
    trace?: never
  }
  '/api/v1/me/picture': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * My picture
     * @description JPEG, PNG or WebP. It is made anew in several widths; what was hidden in it, like the place, is not kept.
     */
    put: {
      parameters: {
        query?: never
        header?: never
        path?: never
        cookie?: never
      }
      requestBody: {
        content: {
          'multipart/form-data': {
            /**
             * Format: binary
             * @description JPEG, PNG or WebP, at most 10 MB and 40 megapixels.
             */
            picture: string
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
              /** @description WebP, the narrowest first. An address never shows anything else. */
              widths: {
                width: number
                url: string
              }[]
              /** @description The address of a JPEG, for previews and mails. */
              jpeg: string
            }
          }
        }
      }
    }
    post?: never
    /** Take my picture away */
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
        query?: {
          nonce?: string
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
              /** @enum {string} */
              status: 'ok'
              /** @description Our signature of the nonce: that this is the instance it is taken for. */
              proof?: string
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
      /** @description Of a 401: it is reading that takes a log-in on this instance. */
      reading?: boolean
      instance: string
      requestId: string
      errors?: {
        pointer: string
        detail: string
      }[]
      /** @description Of a request of many rows, each that was refused: by its index, with the problem it would have been alone. */
      rows?: {
        index: number
        type: string
        title: string
        status: number
        detail?: string
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

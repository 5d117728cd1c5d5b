/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: ee89e858f99414907adcfc99ea1e4a5d387d03b5fc6fd6746f2487bd21814efb
 */
var issueToken = validate10;
function validate10(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.access_token === void 0) {
      const err0 = { instancePath, keyword: 'required', message: "must have required property 'access_token'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.access_token !== void 0) {
      let data0 = data.access_token;
      if (typeof data0 === 'string') {
        if (data0.length < 1) {
          const err1 = {
            instancePath: instancePath + '/access_token',
            keyword: 'minLength',
            message: 'must NOT have fewer than 1 characters',
          };
          if (vErrors === null) {
            vErrors = [err1];
          } else {
            vErrors.push(err1);
          }
          errors++;
        }
      } else {
        const err2 = { instancePath: instancePath + '/access_token', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err2];
        } else {
          vErrors.push(err2);
        }
        errors++;
      }
    }
    if (data.expires_in !== void 0) {
      let data1 = data.expires_in;
      if (!(typeof data1 == 'number' && !(data1 % 1) && !isNaN(data1))) {
        const err3 = { instancePath: instancePath + '/expires_in', keyword: 'type', message: 'must be integer' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.token_type !== void 0) {
      if (typeof data.token_type !== 'string') {
        const err4 = { instancePath: instancePath + '/token_type', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.iss !== void 0) {
      if (typeof data.iss !== 'string') {
        const err5 = { instancePath: instancePath + '/iss', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.iat !== void 0) {
      let data4 = data.iat;
      if (!(typeof data4 == 'number' && !(data4 % 1) && !isNaN(data4))) {
        const err6 = { instancePath: instancePath + '/iat', keyword: 'type', message: 'must be integer' };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.exp !== void 0) {
      let data5 = data.exp;
      if (!(typeof data5 == 'number' && !(data5 % 1) && !isNaN(data5))) {
        const err7 = { instancePath: instancePath + '/exp', keyword: 'type', message: 'must be integer' };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.sub !== void 0) {
      if (typeof data.sub !== 'string') {
        const err8 = { instancePath: instancePath + '/sub', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
    if (data.client_id !== void 0) {
      if (typeof data.client_id !== 'string') {
        const err9 = { instancePath: instancePath + '/client_id', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err9];
        } else {
          vErrors.push(err9);
        }
        errors++;
      }
    }
    if (data.organization_id !== void 0) {
      if (typeof data.organization_id !== 'string') {
        const err10 = { instancePath: instancePath + '/organization_id', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
  } else {
    const err11 = { instancePath, keyword: 'type', message: 'must be object' };
    if (vErrors === null) {
      vErrors = [err11];
    } else {
      vErrors.push(err11);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
var createSession = validate11;
function validate11(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.session_id === void 0) {
      const err0 = { instancePath, keyword: 'required', message: "must have required property 'session_id'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.session_token === void 0) {
      const err1 = { instancePath, keyword: 'required', message: "must have required property 'session_token'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.url === void 0) {
      const err2 = { instancePath, keyword: 'required', message: "must have required property 'url'" };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.session_id !== void 0) {
      let data0 = data.session_id;
      if (typeof data0 === 'string') {
        if (data0.length < 1) {
          const err3 = {
            instancePath: instancePath + '/session_id',
            keyword: 'minLength',
            message: 'must NOT have fewer than 1 characters',
          };
          if (vErrors === null) {
            vErrors = [err3];
          } else {
            vErrors.push(err3);
          }
          errors++;
        }
      } else {
        const err4 = { instancePath: instancePath + '/session_id', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.session_token !== void 0) {
      let data1 = data.session_token;
      if (typeof data1 === 'string') {
        if (data1.length < 1) {
          const err5 = {
            instancePath: instancePath + '/session_token',
            keyword: 'minLength',
            message: 'must NOT have fewer than 1 characters',
          };
          if (vErrors === null) {
            vErrors = [err5];
          } else {
            vErrors.push(err5);
          }
          errors++;
        }
      } else {
        const err6 = { instancePath: instancePath + '/session_token', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.url !== void 0) {
      let data2 = data.url;
      if (typeof data2 === 'string') {
        if (data2.length < 1) {
          const err7 = {
            instancePath: instancePath + '/url',
            keyword: 'minLength',
            message: 'must NOT have fewer than 1 characters',
          };
          if (vErrors === null) {
            vErrors = [err7];
          } else {
            vErrors.push(err7);
          }
          errors++;
        }
      } else {
        const err8 = { instancePath: instancePath + '/url', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
    }
  } else {
    const err9 = { instancePath, keyword: 'type', message: 'must be object' };
    if (vErrors === null) {
      vErrors = [err9];
    } else {
      vErrors.push(err9);
    }
    errors++;
  }
  validate11.errors = vErrors;
  return errors === 0;
}
var getSessionStatus = validate12;
function validate12(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.status === void 0) {
      const err0 = { instancePath, keyword: 'required', message: "must have required property 'status'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.status !== void 0) {
      if (typeof data.status !== 'string') {
        const err1 = { instancePath: instancePath + '/status', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err1];
        } else {
          vErrors.push(err1);
        }
        errors++;
      }
    }
  } else {
    const err2 = { instancePath, keyword: 'type', message: 'must be object' };
    if (vErrors === null) {
      vErrors = [err2];
    } else {
      vErrors.push(err2);
    }
    errors++;
  }
  validate12.errors = vErrors;
  return errors === 0;
}
var getSessionDecision = validate13;
function validate13(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.session_id === void 0) {
      const err0 = { instancePath, keyword: 'required', message: "must have required property 'session_id'" };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.status === void 0) {
      const err1 = { instancePath, keyword: 'required', message: "must have required property 'status'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.session_id !== void 0) {
      let data0 = data.session_id;
      if (typeof data0 === 'string') {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + '/session_id',
            keyword: 'minLength',
            message: 'must NOT have fewer than 1 characters',
          };
          if (vErrors === null) {
            vErrors = [err2];
          } else {
            vErrors.push(err2);
          }
          errors++;
        }
      } else {
        const err3 = { instancePath: instancePath + '/session_id', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.session_number !== void 0) {
      let data1 = data.session_number;
      if (!(typeof data1 == 'number' && !(data1 % 1) && !isNaN(data1)) && data1 !== null) {
        const err4 = {
          instancePath: instancePath + '/session_number',
          keyword: 'type',
          message: 'must be integer,null',
        };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.status !== void 0) {
      if (typeof data.status !== 'string') {
        const err5 = { instancePath: instancePath + '/status', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.vendor_data !== void 0) {
      let data3 = data.vendor_data;
      if (typeof data3 !== 'string' && data3 !== null) {
        const err6 = { instancePath: instancePath + '/vendor_data', keyword: 'type', message: 'must be string,null' };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
    }
    if (data.scope !== void 0) {
      let data4 = data.scope;
      if (typeof data4 !== 'string' && data4 !== null) {
        const err7 = { instancePath: instancePath + '/scope', keyword: 'type', message: 'must be string,null' };
        if (vErrors === null) {
          vErrors = [err7];
        } else {
          vErrors.push(err7);
        }
        errors++;
      }
    }
    if (data.user_data !== void 0) {
      let data5 = data.user_data;
      if (!(data5 && typeof data5 == 'object' && !Array.isArray(data5)) && data5 !== null) {
        const err8 = { instancePath: instancePath + '/user_data', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err8];
        } else {
          vErrors.push(err8);
        }
        errors++;
      }
      if (data5 && typeof data5 == 'object' && !Array.isArray(data5)) {
        if (data5.sub === void 0) {
          const err9 = {
            instancePath: instancePath + '/user_data',
            keyword: 'required',
            message: "must have required property 'sub'",
          };
          if (vErrors === null) {
            vErrors = [err9];
          } else {
            vErrors.push(err9);
          }
          errors++;
        }
        if (data5.sub !== void 0) {
          let data6 = data5.sub;
          if (typeof data6 === 'string') {
            if (data6.length < 1) {
              const err10 = {
                instancePath: instancePath + '/user_data/sub',
                keyword: 'minLength',
                message: 'must NOT have fewer than 1 characters',
              };
              if (vErrors === null) {
                vErrors = [err10];
              } else {
                vErrors.push(err10);
              }
              errors++;
            }
          } else {
            const err11 = { instancePath: instancePath + '/user_data/sub', keyword: 'type', message: 'must be string' };
            if (vErrors === null) {
              vErrors = [err11];
            } else {
              vErrors.push(err11);
            }
            errors++;
          }
        }
        if (data5.user_id !== void 0) {
          let data7 = data5.user_id;
          if (typeof data7 !== 'string' && data7 !== null) {
            const err12 = {
              instancePath: instancePath + '/user_data/user_id',
              keyword: 'type',
              message: 'must be string,null',
            };
            if (vErrors === null) {
              vErrors = [err12];
            } else {
              vErrors.push(err12);
            }
            errors++;
          }
        }
        if (data5.picture !== void 0) {
          let data8 = data5.picture;
          if (typeof data8 !== 'string' && data8 !== null) {
            const err13 = {
              instancePath: instancePath + '/user_data/picture',
              keyword: 'type',
              message: 'must be string,null',
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data5.names !== void 0) {
          let data9 = data5.names;
          if (!(data9 && typeof data9 == 'object' && !Array.isArray(data9)) && data9 !== null) {
            const err14 = {
              instancePath: instancePath + '/user_data/names',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
          if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
            if (data9.first_name !== void 0) {
              let data10 = data9.first_name;
              if (typeof data10 !== 'string' && data10 !== null) {
                const err15 = {
                  instancePath: instancePath + '/user_data/names/first_name',
                  keyword: 'type',
                  message: 'must be string,null',
                };
                if (vErrors === null) {
                  vErrors = [err15];
                } else {
                  vErrors.push(err15);
                }
                errors++;
              }
            }
            if (data9.family_name !== void 0) {
              let data11 = data9.family_name;
              if (typeof data11 !== 'string' && data11 !== null) {
                const err16 = {
                  instancePath: instancePath + '/user_data/names/family_name',
                  keyword: 'type',
                  message: 'must be string,null',
                };
                if (vErrors === null) {
                  vErrors = [err16];
                } else {
                  vErrors.push(err16);
                }
                errors++;
              }
            }
            if (data9.full_name !== void 0) {
              let data12 = data9.full_name;
              if (typeof data12 !== 'string' && data12 !== null) {
                const err17 = {
                  instancePath: instancePath + '/user_data/names/full_name',
                  keyword: 'type',
                  message: 'must be string,null',
                };
                if (vErrors === null) {
                  vErrors = [err17];
                } else {
                  vErrors.push(err17);
                }
                errors++;
              }
            }
            if (data9.is_verified !== void 0) {
              let data13 = data9.is_verified;
              if (typeof data13 !== 'boolean' && data13 !== null) {
                const err18 = {
                  instancePath: instancePath + '/user_data/names/is_verified',
                  keyword: 'type',
                  message: 'must be boolean,null',
                };
                if (vErrors === null) {
                  vErrors = [err18];
                } else {
                  vErrors.push(err18);
                }
                errors++;
              }
            }
          }
        }
        if (data5.email !== void 0) {
          let data14 = data5.email;
          if (!(data14 && typeof data14 == 'object' && !Array.isArray(data14)) && data14 !== null) {
            const err19 = {
              instancePath: instancePath + '/user_data/email',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
          if (data14 && typeof data14 == 'object' && !Array.isArray(data14)) {
            if (data14.email !== void 0) {
              let data15 = data14.email;
              if (typeof data15 !== 'string' && data15 !== null) {
                const err20 = {
                  instancePath: instancePath + '/user_data/email/email',
                  keyword: 'type',
                  message: 'must be string,null',
                };
                if (vErrors === null) {
                  vErrors = [err20];
                } else {
                  vErrors.push(err20);
                }
                errors++;
              }
            }
            if (data14.is_verified !== void 0) {
              let data16 = data14.is_verified;
              if (typeof data16 !== 'boolean' && data16 !== null) {
                const err21 = {
                  instancePath: instancePath + '/user_data/email/is_verified',
                  keyword: 'type',
                  message: 'must be boolean,null',
                };
                if (vErrors === null) {
                  vErrors = [err21];
                } else {
                  vErrors.push(err21);
                }
                errors++;
              }
            }
            if (data14.is_primary !== void 0) {
              let data17 = data14.is_primary;
              if (typeof data17 !== 'boolean' && data17 !== null) {
                const err22 = {
                  instancePath: instancePath + '/user_data/email/is_primary',
                  keyword: 'type',
                  message: 'must be boolean,null',
                };
                if (vErrors === null) {
                  vErrors = [err22];
                } else {
                  vErrors.push(err22);
                }
                errors++;
              }
            }
          }
        }
        if (data5.phone !== void 0) {
          let data18 = data5.phone;
          if (!(data18 && typeof data18 == 'object' && !Array.isArray(data18)) && data18 !== null) {
            const err23 = {
              instancePath: instancePath + '/user_data/phone',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err23];
            } else {
              vErrors.push(err23);
            }
            errors++;
          }
          if (data18 && typeof data18 == 'object' && !Array.isArray(data18)) {
            if (data18.phone_number !== void 0) {
              let data19 = data18.phone_number;
              if (typeof data19 !== 'string' && data19 !== null) {
                const err24 = {
                  instancePath: instancePath + '/user_data/phone/phone_number',
                  keyword: 'type',
                  message: 'must be string,null',
                };
                if (vErrors === null) {
                  vErrors = [err24];
                } else {
                  vErrors.push(err24);
                }
                errors++;
              }
            }
            if (data18.is_verified !== void 0) {
              let data20 = data18.is_verified;
              if (typeof data20 !== 'boolean' && data20 !== null) {
                const err25 = {
                  instancePath: instancePath + '/user_data/phone/is_verified',
                  keyword: 'type',
                  message: 'must be boolean,null',
                };
                if (vErrors === null) {
                  vErrors = [err25];
                } else {
                  vErrors.push(err25);
                }
                errors++;
              }
            }
            if (data18.is_primary !== void 0) {
              let data21 = data18.is_primary;
              if (typeof data21 !== 'boolean' && data21 !== null) {
                const err26 = {
                  instancePath: instancePath + '/user_data/phone/is_primary',
                  keyword: 'type',
                  message: 'must be boolean,null',
                };
                if (vErrors === null) {
                  vErrors = [err26];
                } else {
                  vErrors.push(err26);
                }
                errors++;
              }
            }
          }
        }
        if (data5.gender !== void 0) {
          let data22 = data5.gender;
          if (!(data22 && typeof data22 == 'object' && !Array.isArray(data22)) && data22 !== null) {
            const err27 = {
              instancePath: instancePath + '/user_data/gender',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data5.document_detail !== void 0) {
          let data23 = data5.document_detail;
          if (!(data23 && typeof data23 == 'object' && !Array.isArray(data23)) && data23 !== null) {
            const err28 = {
              instancePath: instancePath + '/user_data/document_detail',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
        }
        if (data5.birthdate !== void 0) {
          let data24 = data5.birthdate;
          if (!(data24 && typeof data24 == 'object' && !Array.isArray(data24)) && data24 !== null) {
            const err29 = {
              instancePath: instancePath + '/user_data/birthdate',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err29];
            } else {
              vErrors.push(err29);
            }
            errors++;
          }
        }
        if (data5.address !== void 0) {
          let data25 = data5.address;
          if (!(data25 && typeof data25 == 'object' && !Array.isArray(data25)) && data25 !== null) {
            const err30 = {
              instancePath: instancePath + '/user_data/address',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err30];
            } else {
              vErrors.push(err30);
            }
            errors++;
          }
        }
        if (data5.bank_account !== void 0) {
          let data26 = data5.bank_account;
          if (!(data26 && typeof data26 == 'object' && !Array.isArray(data26)) && data26 !== null) {
            const err31 = {
              instancePath: instancePath + '/user_data/bank_account',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err31];
            } else {
              vErrors.push(err31);
            }
            errors++;
          }
        }
        if (data5.preferences !== void 0) {
          let data27 = data5.preferences;
          if (!(data27 && typeof data27 == 'object' && !Array.isArray(data27)) && data27 !== null) {
            const err32 = {
              instancePath: instancePath + '/user_data/preferences',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err32];
            } else {
              vErrors.push(err32);
            }
            errors++;
          }
        }
        if (data5.is_verified !== void 0) {
          let data28 = data5.is_verified;
          if (typeof data28 !== 'boolean' && data28 !== null) {
            const err33 = {
              instancePath: instancePath + '/user_data/is_verified',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err33];
            } else {
              vErrors.push(err33);
            }
            errors++;
          }
        }
        if (data5.is_over_18 !== void 0) {
          let data29 = data5.is_over_18;
          if (typeof data29 !== 'boolean' && data29 !== null) {
            const err34 = {
              instancePath: instancePath + '/user_data/is_over_18',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err34];
            } else {
              vErrors.push(err34);
            }
            errors++;
          }
        }
        if (data5.is_over_21 !== void 0) {
          let data30 = data5.is_over_21;
          if (typeof data30 !== 'boolean' && data30 !== null) {
            const err35 = {
              instancePath: instancePath + '/user_data/is_over_21',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err35];
            } else {
              vErrors.push(err35);
            }
            errors++;
          }
        }
        if (data5.instagram_account !== void 0) {
          let data31 = data5.instagram_account;
          if (!(data31 && typeof data31 == 'object' && !Array.isArray(data31)) && data31 !== null) {
            const err36 = {
              instancePath: instancePath + '/user_data/instagram_account',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err36];
            } else {
              vErrors.push(err36);
            }
            errors++;
          }
        }
        if (data5.x_account !== void 0) {
          let data32 = data5.x_account;
          if (!(data32 && typeof data32 == 'object' && !Array.isArray(data32)) && data32 !== null) {
            const err37 = {
              instancePath: instancePath + '/user_data/x_account',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err37];
            } else {
              vErrors.push(err37);
            }
            errors++;
          }
        }
        if (data5.tiktok_account !== void 0) {
          let data33 = data5.tiktok_account;
          if (!(data33 && typeof data33 == 'object' && !Array.isArray(data33)) && data33 !== null) {
            const err38 = {
              instancePath: instancePath + '/user_data/tiktok_account',
              keyword: 'type',
              message: 'must be object,null',
            };
            if (vErrors === null) {
              vErrors = [err38];
            } else {
              vErrors.push(err38);
            }
            errors++;
          }
        }
      }
    }
    if (data.created_at !== void 0) {
      let data34 = data.created_at;
      if (typeof data34 !== 'string' && data34 !== null) {
        const err39 = { instancePath: instancePath + '/created_at', keyword: 'type', message: 'must be string,null' };
        if (vErrors === null) {
          vErrors = [err39];
        } else {
          vErrors.push(err39);
        }
        errors++;
      }
    }
  } else {
    const err40 = { instancePath, keyword: 'type', message: 'must be object' };
    if (vErrors === null) {
      vErrors = [err40];
    } else {
      vErrors.push(err40);
    }
    errors++;
  }
  validate13.errors = vErrors;
  return errors === 0;
}
export { createSession, getSessionDecision, getSessionStatus, issueToken };

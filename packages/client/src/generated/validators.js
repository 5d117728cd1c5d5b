/*
 * Generated from openapi/didit-data.yaml by `pnpm contract generate`. Do not edit: edit the contract.
 * Contract SHA-256: 09a41389eabc917f0c3ba544be3a3c19ac55f6cc8046bf61ef58eb99580cd185
 */
var validator0 = validate0;
function validate0(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
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
  validate0.errors = vErrors;
  return errors === 0;
}
var validator1 = validate1;
function validate1(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
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
  validate1.errors = vErrors;
  return errors === 0;
}
var validator2 = validate2;
function validate2(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
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
  validate2.errors = vErrors;
  return errors === 0;
}
var validator3 = validate3;
function validate5(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!(data && typeof data == 'object' && !Array.isArray(data)) && data !== null) {
    const err0 = { instancePath, keyword: 'type', message: 'must be object,null' };
    if (vErrors === null) {
      vErrors = [err0];
    } else {
      vErrors.push(err0);
    }
    errors++;
  }
  if (data && typeof data == 'object' && !Array.isArray(data)) {
    if (data.sub === void 0) {
      const err1 = { instancePath, keyword: 'required', message: "must have required property 'sub'" };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.sub !== void 0) {
      let data0 = data.sub;
      if (typeof data0 === 'string') {
        if (data0.length < 1) {
          const err2 = {
            instancePath: instancePath + '/sub',
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
        const err3 = { instancePath: instancePath + '/sub', keyword: 'type', message: 'must be string' };
        if (vErrors === null) {
          vErrors = [err3];
        } else {
          vErrors.push(err3);
        }
        errors++;
      }
    }
    if (data.user_id !== void 0) {
      let data1 = data.user_id;
      if (typeof data1 !== 'string' && data1 !== null) {
        const err4 = { instancePath: instancePath + '/user_id', keyword: 'type', message: 'must be string,null' };
        if (vErrors === null) {
          vErrors = [err4];
        } else {
          vErrors.push(err4);
        }
        errors++;
      }
    }
    if (data.picture !== void 0) {
      let data2 = data.picture;
      if (typeof data2 !== 'string' && data2 !== null) {
        const err5 = { instancePath: instancePath + '/picture', keyword: 'type', message: 'must be string,null' };
        if (vErrors === null) {
          vErrors = [err5];
        } else {
          vErrors.push(err5);
        }
        errors++;
      }
    }
    if (data.names !== void 0) {
      let data3 = data.names;
      if (!(data3 && typeof data3 == 'object' && !Array.isArray(data3)) && data3 !== null) {
        const err6 = { instancePath: instancePath + '/names', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err6];
        } else {
          vErrors.push(err6);
        }
        errors++;
      }
      if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
        if (data3.first_name !== void 0) {
          let data4 = data3.first_name;
          if (typeof data4 !== 'string' && data4 !== null) {
            const err7 = {
              instancePath: instancePath + '/names/first_name',
              keyword: 'type',
              message: 'must be string,null',
            };
            if (vErrors === null) {
              vErrors = [err7];
            } else {
              vErrors.push(err7);
            }
            errors++;
          }
        }
        if (data3.family_name !== void 0) {
          let data5 = data3.family_name;
          if (typeof data5 !== 'string' && data5 !== null) {
            const err8 = {
              instancePath: instancePath + '/names/family_name',
              keyword: 'type',
              message: 'must be string,null',
            };
            if (vErrors === null) {
              vErrors = [err8];
            } else {
              vErrors.push(err8);
            }
            errors++;
          }
        }
        if (data3.full_name !== void 0) {
          let data6 = data3.full_name;
          if (typeof data6 !== 'string' && data6 !== null) {
            const err9 = {
              instancePath: instancePath + '/names/full_name',
              keyword: 'type',
              message: 'must be string,null',
            };
            if (vErrors === null) {
              vErrors = [err9];
            } else {
              vErrors.push(err9);
            }
            errors++;
          }
        }
        if (data3.is_verified !== void 0) {
          let data7 = data3.is_verified;
          if (typeof data7 !== 'boolean' && data7 !== null) {
            const err10 = {
              instancePath: instancePath + '/names/is_verified',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err10];
            } else {
              vErrors.push(err10);
            }
            errors++;
          }
        }
      }
    }
    if (data.email !== void 0) {
      let data8 = data.email;
      if (!(data8 && typeof data8 == 'object' && !Array.isArray(data8)) && data8 !== null) {
        const err11 = { instancePath: instancePath + '/email', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
      if (data8 && typeof data8 == 'object' && !Array.isArray(data8)) {
        if (data8.email !== void 0) {
          let data9 = data8.email;
          if (typeof data9 !== 'string' && data9 !== null) {
            const err12 = {
              instancePath: instancePath + '/email/email',
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
        if (data8.is_verified !== void 0) {
          let data10 = data8.is_verified;
          if (typeof data10 !== 'boolean' && data10 !== null) {
            const err13 = {
              instancePath: instancePath + '/email/is_verified',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err13];
            } else {
              vErrors.push(err13);
            }
            errors++;
          }
        }
        if (data8.is_primary !== void 0) {
          let data11 = data8.is_primary;
          if (typeof data11 !== 'boolean' && data11 !== null) {
            const err14 = {
              instancePath: instancePath + '/email/is_primary',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err14];
            } else {
              vErrors.push(err14);
            }
            errors++;
          }
        }
      }
    }
    if (data.phone !== void 0) {
      let data12 = data.phone;
      if (!(data12 && typeof data12 == 'object' && !Array.isArray(data12)) && data12 !== null) {
        const err15 = { instancePath: instancePath + '/phone', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
      if (data12 && typeof data12 == 'object' && !Array.isArray(data12)) {
        if (data12.phone_number !== void 0) {
          let data13 = data12.phone_number;
          if (typeof data13 !== 'string' && data13 !== null) {
            const err16 = {
              instancePath: instancePath + '/phone/phone_number',
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
        if (data12.is_verified !== void 0) {
          let data14 = data12.is_verified;
          if (typeof data14 !== 'boolean' && data14 !== null) {
            const err17 = {
              instancePath: instancePath + '/phone/is_verified',
              keyword: 'type',
              message: 'must be boolean,null',
            };
            if (vErrors === null) {
              vErrors = [err17];
            } else {
              vErrors.push(err17);
            }
            errors++;
          }
        }
        if (data12.is_primary !== void 0) {
          let data15 = data12.is_primary;
          if (typeof data15 !== 'boolean' && data15 !== null) {
            const err18 = {
              instancePath: instancePath + '/phone/is_primary',
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
    if (data.gender !== void 0) {
      let data16 = data.gender;
      if (!(data16 && typeof data16 == 'object' && !Array.isArray(data16)) && data16 !== null) {
        const err19 = { instancePath: instancePath + '/gender', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err19];
        } else {
          vErrors.push(err19);
        }
        errors++;
      }
    }
    if (data.document_detail !== void 0) {
      let data17 = data.document_detail;
      if (!(data17 && typeof data17 == 'object' && !Array.isArray(data17)) && data17 !== null) {
        const err20 = {
          instancePath: instancePath + '/document_detail',
          keyword: 'type',
          message: 'must be object,null',
        };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.birthdate !== void 0) {
      let data18 = data.birthdate;
      if (!(data18 && typeof data18 == 'object' && !Array.isArray(data18)) && data18 !== null) {
        const err21 = { instancePath: instancePath + '/birthdate', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
    }
    if (data.address !== void 0) {
      let data19 = data.address;
      if (!(data19 && typeof data19 == 'object' && !Array.isArray(data19)) && data19 !== null) {
        const err22 = { instancePath: instancePath + '/address', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err22];
        } else {
          vErrors.push(err22);
        }
        errors++;
      }
    }
    if (data.bank_account !== void 0) {
      let data20 = data.bank_account;
      if (!(data20 && typeof data20 == 'object' && !Array.isArray(data20)) && data20 !== null) {
        const err23 = { instancePath: instancePath + '/bank_account', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err23];
        } else {
          vErrors.push(err23);
        }
        errors++;
      }
    }
    if (data.preferences !== void 0) {
      let data21 = data.preferences;
      if (!(data21 && typeof data21 == 'object' && !Array.isArray(data21)) && data21 !== null) {
        const err24 = { instancePath: instancePath + '/preferences', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err24];
        } else {
          vErrors.push(err24);
        }
        errors++;
      }
    }
    if (data.is_verified !== void 0) {
      let data22 = data.is_verified;
      if (typeof data22 !== 'boolean' && data22 !== null) {
        const err25 = { instancePath: instancePath + '/is_verified', keyword: 'type', message: 'must be boolean,null' };
        if (vErrors === null) {
          vErrors = [err25];
        } else {
          vErrors.push(err25);
        }
        errors++;
      }
    }
    if (data.is_over_18 !== void 0) {
      let data23 = data.is_over_18;
      if (typeof data23 !== 'boolean' && data23 !== null) {
        const err26 = { instancePath: instancePath + '/is_over_18', keyword: 'type', message: 'must be boolean,null' };
        if (vErrors === null) {
          vErrors = [err26];
        } else {
          vErrors.push(err26);
        }
        errors++;
      }
    }
    if (data.is_over_21 !== void 0) {
      let data24 = data.is_over_21;
      if (typeof data24 !== 'boolean' && data24 !== null) {
        const err27 = { instancePath: instancePath + '/is_over_21', keyword: 'type', message: 'must be boolean,null' };
        if (vErrors === null) {
          vErrors = [err27];
        } else {
          vErrors.push(err27);
        }
        errors++;
      }
    }
    if (data.instagram_account !== void 0) {
      let data25 = data.instagram_account;
      if (!(data25 && typeof data25 == 'object' && !Array.isArray(data25)) && data25 !== null) {
        const err28 = {
          instancePath: instancePath + '/instagram_account',
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
    if (data.x_account !== void 0) {
      let data26 = data.x_account;
      if (!(data26 && typeof data26 == 'object' && !Array.isArray(data26)) && data26 !== null) {
        const err29 = { instancePath: instancePath + '/x_account', keyword: 'type', message: 'must be object,null' };
        if (vErrors === null) {
          vErrors = [err29];
        } else {
          vErrors.push(err29);
        }
        errors++;
      }
    }
    if (data.tiktok_account !== void 0) {
      let data27 = data.tiktok_account;
      if (!(data27 && typeof data27 == 'object' && !Array.isArray(data27)) && data27 !== null) {
        const err30 = {
          instancePath: instancePath + '/tiktok_account',
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
  }
  validate5.errors = vErrors;
  return errors === 0;
}
function validate4(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
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
      if (
        !validate5(data.user_data, {
          instancePath: instancePath + '/user_data',
          parentData: data,
          parentDataProperty: 'user_data',
          rootData,
        })
      ) {
        vErrors = vErrors === null ? validate5.errors : vErrors.concat(validate5.errors);
        errors = vErrors.length;
      }
    }
    if (data.created_at !== void 0) {
      let data6 = data.created_at;
      if (typeof data6 !== 'string' && data6 !== null) {
        const err8 = { instancePath: instancePath + '/created_at', keyword: 'type', message: 'must be string,null' };
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
  validate4.errors = vErrors;
  return errors === 0;
}
function validate3(data, { instancePath = '', parentData, parentDataProperty, rootData = data } = {}) {
  let vErrors = null;
  let errors = 0;
  if (!validate4(data, { instancePath, parentData, parentDataProperty, rootData })) {
    vErrors = vErrors === null ? validate4.errors : vErrors.concat(validate4.errors);
    errors = vErrors.length;
  }
  validate3.errors = vErrors;
  return errors === 0;
}
export {
  validator1 as createSession,
  validator3 as getSessionDecision,
  validator2 as getSessionStatus,
  validator0 as issueToken,
};

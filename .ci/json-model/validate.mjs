// Opens every parameter file in the schema of the French explorer (@openfisca/json-model).
//
// First plants errors in a copy: a gate that accepts them, or that sees no file, has to fail.
// Usage: node validate.mjs [folder of the package]

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { fileURLToPath } from "node:url"

import { strictAudit } from "@auditors/core"
import {
  auditEditableParameter,
  auditRawParameterToEditable,
  auditUnits,
  ParameterClass,
  rawParameterFromYaml,
  unitsFromYaml,
  ValueType,
} from "@openfisca/json-model"

const INDEX = "index.yaml"
const DEFAULT_PACKAGE = fileURLToPath(new URL("../../openfisca_cpts", import.meta.url))

const PLANTED = [
  ["an underscore", "aci/duree_contrat.yaml", "value: 5", "value: 5_0"],
  ["a number in quotes", "aci/fonctionnement.yaml", "value: 50000", 'value: "50 000"'],
  ["an unknown unit", "aci/duree_contrat.yaml", "unit: year", "unit: years"],
  ["an unknown key in the metadata", "aci/duree_contrat.yaml", "short_label:", "shortlabel:"],
  ["a date without a day", "aci/duree_contrat.yaml", "2019-08-25:", "25/08/2019:"],
  ["a key written twice", "aci/duree_contrat.yaml", "  unit:", "  unit: year\n  unit:"],
  ["an order that names no child", "tailles/index.yaml", "- seuil_taille_2", "- seuil_taille_5"],
]

/** These keys are ours; the explorer's schema knows every other one. */
const OURS = new Set(["statut", "texte", "nature", "document_date", "date_effet", "mission"])

function withoutOurs(data) {
  if (Array.isArray(data)) return data.map(withoutOurs)
  if (data === null || typeof data !== "object") return data
  return Object.fromEntries(
    Object.entries(data)
      .filter(([key]) => !OURS.has(key))
      .map(([key, value]) => [key, withoutOurs(value)]),
  )
}

function readUnits(root) {
  const [units, error] = auditUnits(
    strictAudit,
    unitsFromYaml(readFileSync(path.join(root, "units.yaml"), "utf-8")),
  )
  if (error !== null) throw new Error(`units.yaml: ${JSON.stringify(error, null, 2)}`)
  return units
}

function childrenOf(folder) {
  return readdirSync(folder)
    .filter((name) => name !== INDEX)
    .map((name) => path.parse(name).name)
}

/**
 * Whether every value is read as a number. The schema itself takes `5_0` and `"50 000"` for texts
 * and accepts them.
 */
function isNumeric(parameter) {
  if (parameter.class === ParameterClass.Node) {
    return Object.values(parameter.children ?? {}).every(isNumeric)
  }
  return parameter.class === ParameterClass.Value && parameter.type === ValueType.Number
}

/** Gives what is wrong with one file; null where it is accepted. */
function errorOf(file, units) {
  const childrenId = path.basename(file) === INDEX ? childrenOf(path.dirname(file)) : undefined
  let raw
  try {
    raw = withoutOurs(rawParameterFromYaml(readFileSync(file, "utf-8")))
  } catch (error) {
    return error.message
  }
  const [editable, error] = auditRawParameterToEditable(units, childrenId)(strictAudit, raw)
  if (error !== null) return error
  const [parameter, refusal] = auditEditableParameter(units, childrenId)(strictAudit, editable)
  if (refusal !== null) return refusal
  return isNumeric(parameter) ? null : "a value is not read as a number"
}

function validate(root) {
  const units = readUnits(root)
  const parameters = path.join(root, "parameters")
  const refused = new Map()
  let accepted = 0
  for (const name of readdirSync(parameters, { recursive: true }).sort()) {
    if (!/\.ya?ml$/.test(name)) continue
    const error = errorOf(path.join(parameters, name), units)
    if (error === null) accepted += 1
    else refused.set(name.split(path.sep).join("/"), error)
  }
  return { accepted, refused }
}

/** Gives the planted errors that were not refused in the file where they stand. */
function missedErrors(root) {
  const copy = mkdtempSync(path.join(tmpdir(), "json-model-"))
  try {
    return PLANTED.filter(([, name, before, after]) => {
      cpSync(path.join(root, "units.yaml"), path.join(copy, "units.yaml"))
      cpSync(path.join(root, "parameters"), path.join(copy, "parameters"), { recursive: true })
      const file = path.join(copy, "parameters", name)
      const text = readFileSync(file, "utf-8")
      if (!text.includes(before)) throw new Error(`${name} has changed: plant the error elsewhere`)
      writeFileSync(file, text.replaceAll(before, after))
      return !validate(copy).refused.has(name)
    }).map(([label, name]) => `${label} in ${name}`)
  } finally {
    rmSync(copy, { recursive: true })
  }
}

const root = process.argv[2] ?? DEFAULT_PACKAGE
const missed = missedErrors(root)
for (const error of missed) console.error(`accepted, though planted: ${error}`)
const { accepted, refused } = validate(root)
for (const [name, error] of refused) console.error(`${name}: ${JSON.stringify(error, null, 2)}`)
console.log(`${PLANTED.length - missed.length} of ${PLANTED.length} planted errors refused`)
console.log(`${accepted} files accepted, ${refused.size} refused`)
if (missed.length > 0 || refused.size > 0 || accepted === 0) process.exit(1)

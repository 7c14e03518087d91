namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>Parameters of tools in the forms that MCP servers publish them: Zod, Pydantic, OpenAPI converters, and by hand.</summary>
internal static class CollectedSchemas
{
    public static IReadOnlyDictionary<string, string> Mcp { get; } = new Dictionary<string, string>
    {
        ["zod, optional and defaults"] = """
            {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","additionalProperties":false,"required":["path"],"properties":{
              "path":{"type":"string","minLength":1},"depth":{"type":"integer","exclusiveMinimum":0,"maximum":9007199254740991,"default":2},
              "order":{"type":"string","enum":["","asc","desc"],"default":""},"ratio":{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1},
              "edits":{"type":"array","items":{"type":"object","properties":{"oldText":{"type":"string"},"newText":{"type":"string"}},
                "required":["oldText","newText"],"additionalProperties":false}}}}
            """,
        ["zod, discriminated union"] = """
            {"type":"object","properties":{"action":{"oneOf":[
              {"type":"object","properties":{"kind":{"const":"click"},"x":{"type":"number"},"y":{"type":"number"}},"required":["kind","x","y"]},
              {"type":"object","properties":{"kind":{"const":"type"},"text":{"type":"string"}},"required":["kind","text"]},
              {"type":"object","properties":{"kind":{"const":"wait"}},"required":["kind"]}],"description":"What to do."}},"required":["action"]}
            """,
        ["zod, union at the root"] = """
            {"anyOf":[{"type":"object","properties":{"url":{"type":"string","format":"uri"}},"required":["url"]},
              {"type":"object","properties":{"html":{"type":"string"},"url":{"type":"string"}},"required":["html"]}]}
            """,
        ["pydantic, optional"] = """
            {"title":"SearchArguments","type":"object","properties":{
              "query":{"title":"Query","type":"string"},"limit":{"anyOf":[{"type":"integer","minimum":1},{"type":"null"}],"default":null,"title":"Limit"},
              "tags":{"anyOf":[{"items":{"type":"string"},"type":"array"},{"type":"null"}],"default":null,"description":"Any of these."},
              "since":{"anyOf":[{"type":"string","format":"date-time"},{"type":"integer"},{"type":"null"}],"title":"Since","description":"When it began."},
              "mode":{"$ref":"#/$defs/Mode","default":"fast"},"options":{"additionalProperties":{"type":"string"},"title":"Options","type":"object"}},
              "required":["query"],"$defs":{"Mode":{"enum":["fast","deep"],"title":"Mode","type":"string"}}}
            """,
        ["pydantic, recursive"] = """
            {"type":"object","properties":{"filter":{"$ref":"#/$defs/Filter"}},"required":["filter"],"$defs":{"Filter":{"type":"object","properties":{
              "field":{"type":"string"},"and":{"anyOf":[{"type":"array","items":{"$ref":"#/$defs/Filter"}},{"type":"null"}],"default":null},
              "or":{"type":"array","items":{"$ref":"#/$defs/Filter"},"minItems":2}}}}}
            """,
        ["one of two, required alone"] = """
            {"type":"object","properties":{"pageId":{"type":"string"},"ref":{"type":"string"},"selector":{"type":"string"}},"required":["pageId"],
              "oneOf":[{"required":["ref"]},{"required":["selector"]}],"$comment":"Exactly one."}
            """,
        ["nested, required alone"] = """
            {"type":"object","properties":{"target":{"type":"object","properties":{"id":{"type":"string"},"label":{"type":"string"}},
              "anyOf":[{"required":["id"]},{"required":["label"]}]}}}
            """,
        ["undefined required"] =
            """{"type":"object","properties":{"issueKey":{"type":"string"}},"required":["cloudId","issueKey","issueKey"]}""",
        ["list of types"] = """
            {"type":"object","properties":{"value":{"type":["string","number","boolean","null"],"description":"Any scalar."},
              "paths":{"type":["string","array"],"items":{"type":"string"},"minItems":1},"data":{"type":["object","array"]}}}
            """,
        ["open api"] = """
            {"type":"object","properties":{"$top":{"type":"integer","format":"int32","minimum":0,"exclusiveMinimum":true},"filter[id]":{"type":"string","nullable":true},
              "ids":{"type":"array","items":{"type":"string","format":"uuid"},"uniqueItems":true,"example":["a"]},"when":{"type":"string","format":"date"},
              "size":{"type":"integer","enum":[1,2,4]},"flag":{"type":"boolean","enum":[true]},"body":{"type":"object","properties":{"a":{"type":"string"}},
              "required":["a"],"minProperties":1}},"required":["$top"]}
            """,
        ["inheritance"] = """
            {"allOf":[{"$ref":"#/definitions/Base"},{"type":"object","properties":{"extra":{"type":"array"}},"required":["extra"]}],
              "definitions":{"Base":{"type":"object","properties":{"id":{"type":"string","pattern":"^[A-Z]+-\\d+$"}},"required":["id"]}}}
            """,
        ["conditions"] = """
            {"type":"object","properties":{"type":{"type":"string","enum":["a","b"]},"a":{"type":"string"},"b":{"type":"string"}},
              "if":{"properties":{"type":{"const":"a"}}},"then":{"required":["a"]},"else":{"required":["b"]},"dependentRequired":{"a":["type"]},
              "not":{"required":["a","b"]},"patternProperties":{"^x-":{"type":"string"}},"propertyNames":{"pattern":"^[a-z-]+$"}}
            """,
        ["anything"] = """
            {"type":"object","properties":{"payload":{},"rows":{"type":"array","items":{}},"meta":true,"never":false,"map":{"type":"object"},
              "json":{"description":"Any JSON value."},"tuple":{"type":"array","items":[{"type":"string"},{"type":"integer"}],"additionalItems":false},
              "pair":{"type":"array","prefixItems":[{"type":"number"},{"type":"number"}],"minItems":2,"maxItems":2}}}
            """,
        ["by hand, with mistakes"] = """
            {"type":"object","properties":{"file":{"type":"file"},"name":{"type":"string","required":true},"date":{"type":"date","description":5},
              "count":{"type":"integer","minimum":"1"},"color":{"enum":["red",null,3]},"mode":{"type":"string","format":"enum","enum":[]},
              "range":{"type":"number","minimum":5,"maximum":1},"list":{"type":"array","items":"string"}},"required":["name","name"]}
            """,
        ["empty"] = "{}",
        ["no properties"] = """{"type":"object"}""",
        ["reference at the root"] =
            """{"$ref":"#/$defs/Args","$defs":{"Args":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}""",
        ["null"] =
            """{"type":"object","properties":{"nothing":{"type":"null"},"const":{"const":null},"one":{"const":1},"yes":{"const":true}}}""",
    };
}

using System.Text.Json;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Schemas;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Models.Schemas;

public class GoogleSchemaTests
{
    /// <summary>A schema for any value: Google requires a type.</summary>
    private const string Any =
        """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"type":"object"},{"type":"array","items":""" +
        """{"anyOf":[{"type":"string"},{"type":"number"},{"type":"boolean"},{"type":"object"}]}}]}""";

    [Theory]
    [InlineData("""{"$schema":"s","$id":"i","type":"object"}""", """{"type":"object"}""", "$id, $schema")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"type":"object"}""", "additionalProperties")]
    [InlineData("""{"const":"celsius"}""", """{"type":"string","enum":["celsius"]}""", "const")]
    [InlineData("""{"const":5,"description":"The fifth."}""", """{"type":"integer","description":"The fifth. const: 5."}""", "const")]
    [InlineData("""{"type":["string","null"]}""", """{"nullable":true,"type":"string"}""", "type")]
    [InlineData("""{"type":["string","integer"]}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "type")]
    [InlineData(
        """{"oneOf":[{"type":"string"},{"const":"x"}]}""",
        """{"anyOf":[{"type":"string"},{"type":"string","enum":["x"]}]}""",
        "const, oneOf")]
    [InlineData(
        """{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":9}""",
        """{"type":"integer","minimum":1,"maximum":8}""",
        "exclusiveMaximum, exclusiveMinimum")]
    [InlineData(
        """{"type":"number","exclusiveMinimum":0}""",
        """{"type":"number","description":"exclusiveMinimum: 0."}""",
        "exclusiveMinimum")]
    [InlineData("""{"type":"array"}""", """{"type":"array","items":""" + Any + """}""", "items, type")]
    [InlineData("""{"type":"array","items":{"const":"a"}}""", """{"type":"array","items":{"type":"string","enum":["a"]}}""", "const")]
    [InlineData(
        """{"type":"object","propertyNames":{"pattern":"^a"}}""",
        """{"type":"object","description":"propertyNames: {\"pattern\":\"^a\"}."}""",
        "propertyNames")]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":""" + Any + """},"required":["a","b"]}""",
        "allOf, type")]
    [InlineData(
        """{"properties":{"p":{"$ref":"#/$defs/p","description":"Here."}},"$defs":{"p":{"type":"object","description":"A point."}}}""",
        """{"properties":{"p":{"description":"Here.","type":"object"}},"type":"object"}""",
        "$defs, $ref, type")]
    [InlineData(
        """{"$ref":"https://example.com/schema"}""",
        """{"type":"object","description":"$ref: \"https://example.com/schema\"."}""",
        "$ref")]
    [InlineData("""{"minimum":5,"exclusiveMinimum":0,"type":"integer"}""", """{"type":"integer","minimum":5}""", "exclusiveMinimum")]
    [InlineData("""{"exclusiveMaximum":9,"maximum":20,"type":"integer"}""", """{"type":"integer","maximum":8}""", "exclusiveMaximum")]
    [InlineData("""{"type":"integer","enum":[1,2]}""", """{"type":"integer","description":"enum: [1,2]."}""", "enum")]
    [InlineData("""{"enum":["a","b"]}""", """{"type":"string","enum":["a","b"]}""", "enum")]
    [InlineData("""{"type":["string","null"],"enum":["a",null]}""", """{"nullable":true,"type":"string","enum":["a"]}""", "enum, type")]
    [InlineData(
        """{"type":"string","format":"uri","description":"Where."}""",
        """{"type":"string","description":"Where. format: \"uri\"."}""",
        "format")]
    [InlineData(
        """{"type":"object","additionalProperties":{"type":"integer"}}""",
        """{"type":"object","description":"additionalProperties: {\"type\":\"integer\"}."}""",
        "additionalProperties")]
    [InlineData("""{"anyOf":[{"type":"string"},{"type":"null"}]}""", """{"nullable":true,"type":"string"}""", "anyOf")]
    [InlineData(
        """{"anyOf":[{"type":"string"},{"type":"integer"},{"type":"null"}]}""",
        """{"anyOf":[{"type":"string","nullable":true},{"type":"integer","nullable":true}]}""",
        "anyOf, nullable")]
    [InlineData("""{"oneOf":[{"type":"string"}],"anyOf":[{"minLength":1}]}""", """{"minLength":1,"type":"string"}""", "anyOf, oneOf")]
    [InlineData(
        """{"type":"array","items":[{"type":"string"}]}""",
        """{"type":"array","items":{"type":"string"},"description":"items: [{\"type\":\"string\"}]."}""",
        "items")]
    [InlineData(
        """{"type":"object","properties":{"a":true}}""",
        """{"type":"object","properties":{"a":""" + Any + """}}""",
        "properties, type")]
    [InlineData(
        """{"allOf":[{"$ref":"#/$defs/b"}],"properties":{"own":{"type":"string"}},"$defs":{"b":{"properties":{"base":{"type":"string"}},"required":["base"]}}}""",
        """{"properties":{"own":{"type":"string"},"base":{"type":"string"}},"required":["base"],"type":"object"}""",
        "$defs, $ref, allOf, type")]
    [InlineData(
        """{"allOf":[{"minimum":1,"description":"One."},{"minimum":2,"description":"Two."}]}""",
        """{"minimum":1,"description":"One. minimum: 2. Two.","type":"number"}""",
        "allOf, type")]
    [InlineData(
        """{"properties":{"p":{"$ref":"#/$defs/p","nullable":true}},"$defs":{"p":{"type":"string","pattern":"^a"}}}""",
        """{"properties":{"p":{"nullable":true,"type":"string","pattern":"^a"}},"type":"object"}""",
        "$defs, $ref, type")]
    public void Keywords_that_google_rejects_are_converted_or_described(string schema, string rewritten, string changes)
    {
        var result = RewrittenSchema.For(SchemaDialect.Google, Parse(schema));

        JsonText.AssertEqual(rewritten, result.Schema.GetRawText());
        Assert.Equal(changes, result.Changes);
    }

    [Fact]
    public void A_property_called_like_a_keyword_is_a_property() =>
        Keeps("""{"type":"object","properties":{"const":{"type":"string"},"$ref":{"type":"string"}}}""");

    [Fact]
    public void A_schema_that_google_knows_stays_the_same_object() =>
        Keeps("""{"type":"object","properties":{"a":{"type":"string","enum":["x"],"default":{"const":1}}},"required":["a"]}""");

    [Fact]
    public void A_schema_that_holds_itself_is_called_by_its_name_in_the_end()
    {
        var result = Google("""{"type":"object","properties":{"next":{"$ref":"#"}}}""");

        JsonText.AssertEqual(
            """
            {"type":"object","properties":{"next":
              {"type":"object","properties":{"next":
                {"type":"object","description":"$ref: \"#\"."}}}}}
            """,
            result.Schema.GetRawText());
        Assert.Equal("$ref", result.Changes);
    }

    [Fact]
    public void References_that_do_not_come_back_are_followed_to_their_end()
    {
        var result = Google("""
            {"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{
              "a":{"properties":{"b":{"$ref":"#/$defs/b"}}}, "b":{"properties":{"c":{"$ref":"#/$defs/c"}}},
              "c":{"properties":{"d":{"$ref":"#/$defs/d"}}}, "d":{"properties":{"e":{"$ref":"#/$defs/e"}}},
              "e":{"properties":{"f":{"$ref":"#/$defs/f"}}}, "f":{"type":"string","description":"The end."}}}
            """);

        Assert.Contains("The end.", result.Schema.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Definitions_that_hold_each_other_do_not_multiply_without_end()
    {
        var names = Enumerable.Range(0, 12).Select(i => $"d{i}").ToList();
        var members = string.Join(",", names.Select(name => $$"""
            "{{name}}":{"$ref":"#/$defs/{{name}}"}
            """));
        var definitions = string.Join(",", names.Select(name => $$"""
            "{{name}}":{"type":"object","properties":{ {{members}} } }
            """));

        var result = Google($$"""{"type":"object","properties":{ {{members}} },"$defs":{ {{definitions}} } }""");

        Assert.InRange(result.Schema.GetRawText().Length, 1_000, 500_000);
    }

    [Theory]
    [InlineData("json-schema")]
    [InlineData("a-dialect-of-tomorrow")]
    public void Other_dialects_change_nothing(string dialect) =>
        Assert.Null(RewrittenSchema.For(new SchemaDialect(dialect), Parse("""{"$schema":"s"}""")).Changes);

    private static RewrittenSchema Google(string schema) => RewrittenSchema.For(SchemaDialect.Google, Parse(schema));

    private static void Keeps(string schema)
    {
        var result = RewrittenSchema.For(SchemaDialect.Google, Parse(schema));

        Assert.Null(result.Changes);
        Assert.Equal(schema, result.Schema.GetRawText());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models.Schemas;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Models.Schemas;

public class PlainSchemaTests
{
    [Theory]
    [InlineData("""{"$schema":"s","type":"object"}""", """{"type":"object"}""", "$schema")]
    [InlineData("""{"items":{"additionalProperties":true}}""", """{"items":{}}""", "additionalProperties")]
    [InlineData("""{"anyOf":[{"additionalProperties":true}]}""", """{}""", "additionalProperties, anyOf")]
    [InlineData(
        """{"properties":{"default":{"additionalProperties":true}}}""", """{"properties":{"default":{}}}""", "additionalProperties")]
    [InlineData("""{"$defs":{"enum":{"$schema":"s"}}}""", """{}""", "$defs")]
    public void Keywords_without_effect_are_omitted_at_any_depth(string schema, string rewritten, string changes)
    {
        var result = Plain(schema);

        JsonText.AssertEqual(rewritten, result.Schema.GetRawText());
        Assert.Equal(changes, result.Changes);
    }

    [Theory]
    [InlineData("""{"type":"object","additionalProperties":false}""")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""")]
    [InlineData("""{"properties":{"additionalProperties":true,"$schema":true}}""")]
    [InlineData(
        """{"enum":[{"$schema":"s"}],"const":{"additionalProperties":true},"default":{"$schema":"s"},"examples":[{"$schema":"s"}]}""")]
    public void What_says_something_or_is_data_stays(string schema)
    {
        var result = Plain(schema);

        Assert.Null(result.Changes);
        Assert.Equal(schema, result.Schema.GetRawText());
    }

    [Theory]
    [InlineData("google")]
    [InlineData("anthropic")]
    [InlineData("openai")]
    [InlineData("plain")]
    public void The_parameters_of_a_tool_are_an_object(string dialect)
    {
        var schema = JsonDocument.Parse("""{"type":["object","null"],"properties":{"a":{"type":"string"}}}""").RootElement;

        var result = RewrittenSchema.For(new SchemaDialect(dialect), schema, SchemaUse.Parameters);

        Assert.Equal("object", result.Schema.GetProperty("type").ToString());
        Assert.Contains("type", result.Changes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("google")]
    [InlineData("plain")]
    public void Definitions_that_nest_without_end_are_expanded_to_a_depth_that_readers_accept(string dialect)
    {
        var definitions = new JsonObject { ["d40"] = new JsonObject { ["type"] = "string" } };
        for (var i = 0; i < 40; i++)
        {
            definitions[$"d{i}"] = JsonNode.Parse(
                """{"type":"array","items":{"type":"object","properties":{"n":{"$ref":""},"r":{"$ref":"#"}}}}""");
            definitions[$"d{i}"]!["items"]!["properties"]!["n"]!["$ref"] = $"#/$defs/d{i + 1}";
        }

        var schema = JsonNode.Parse("""{"type":"object","properties":{"a":{"$ref":"#/$defs/d0"}}}""")!;
        schema["$defs"] = definitions;

        var result = RewrittenSchema.For(
            new SchemaDialect(dialect), JsonDocument.Parse(schema.ToJsonString()).RootElement, SchemaUse.Parameters).Schema;

        // In a request, at the default depth of a reader.
        using var request = JsonDocument.Parse($"[[[[[{result}]]]]]");
        Assert.Equal(JsonValueKind.Array, request.RootElement.ValueKind);
    }

    private static RewrittenSchema Plain(string schema) =>
        RewrittenSchema.For(SchemaDialect.Plain, JsonDocument.Parse(schema).RootElement);
}

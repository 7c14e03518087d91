using System.Text.Json;
using Connectors.Databricks.Models.Schemas;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Models.Schemas;

public class GoogleSchemaTests
{
    [Theory]
    [InlineData("""{"$schema":"s","$id":"i","type":"object"}""", """{"type":"object"}""", "$id, $schema")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"type":"object"}""", "additionalProperties")]
    [InlineData("""{"const":"celsius"}""", """{"enum":["celsius"]}""", "const")]
    [InlineData("""{"const":5,"description":"The fifth."}""", """{"description":"The fifth. const: 5."}""", "const")]
    [InlineData("""{"type":["string","null"]}""", """{"nullable":true,"type":"string"}""", "type")]
    [InlineData("""{"type":["string","integer"]}""", """{"anyOf":[{"type":"string"},{"type":"integer"}]}""", "type")]
    [InlineData("""{"oneOf":[{"type":"string"},{"const":"x"}]}""", """{"anyOf":[{"type":"string"},{"enum":["x"]}]}""", "const, oneOf")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0,"exclusiveMaximum":9}""", """{"type":"integer","minimum":1,"maximum":8}""", "exclusiveMaximum, exclusiveMinimum")]
    [InlineData("""{"type":"number","exclusiveMinimum":0}""", """{"type":"number","description":"exclusiveMinimum: 0."}""", "exclusiveMinimum")]
    [InlineData("""{"type":"array"}""", """{"type":"array","items":{}}""", "items")]
    [InlineData("""{"type":"array","items":{"const":"a"}}""", """{"type":"array","items":{"enum":["a"]}}""", "const")]
    [InlineData("""{"type":"object","propertyNames":{"pattern":"^a"}}""", """{"type":"object","description":"propertyNames: {\"pattern\":\"^a\"}."}""", "propertyNames")]
    [InlineData(
        """{"allOf":[{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{}},"required":["b"]}]}""",
        """{"type":"object","properties":{"a":{"type":"string"},"b":{}},"required":["a","b"]}""", "allOf")]
    [InlineData(
        """{"properties":{"p":{"$ref":"#/$defs/p","description":"Here."}},"$defs":{"p":{"type":"object","description":"A point."}}}""",
        """{"properties":{"p":{"type":"object","description":"Here."}}}""", "$defs, $ref")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", """{"type":"object"}""", "$ref")]
    public void What_google_does_not_know_is_said_in_its_words(string schema, string rewritten, string changes)
    {
        var result = RewrittenSchema.For(DatabricksSchemaDialect.Google, Parse(schema));

        JsonText.AssertEqual(rewritten, result.Schema.GetRawText());
        Assert.Equal(changes, result.Changes);
    }

    [Fact]
    public void A_property_called_like_a_keyword_is_a_property() => Keeps("""{"type":"object","properties":{"const":{"type":"string"},"$ref":{"type":"string"}}}""");

    [Fact]
    public void A_schema_that_google_knows_stays_the_same_object() =>
        Keeps("""{"type":"object","properties":{"a":{"type":"string","enum":["x"],"default":{"const":1}}},"required":["a"]}""");

    [Fact]
    public void A_schema_that_holds_itself_comes_to_an_end()
    {
        var result = RewrittenSchema.For(
            DatabricksSchemaDialect.Google, Parse("""{"type":"object","properties":{"next":{"$ref":"#"}}}"""));

        Assert.Equal("$ref", result.Changes);
        Assert.InRange(result.Schema.GetRawText().Length, 50, 1000);
    }

    [Theory]
    [InlineData("json-schema")]
    [InlineData("a-dialect-of-tomorrow")]
    public void Other_dialects_change_nothing(string dialect) =>
        Assert.Null(RewrittenSchema.For(new DatabricksSchemaDialect(dialect), Parse("""{"$schema":"s"}""")).Changes);

    private static void Keeps(string schema)
    {
        var result = RewrittenSchema.For(DatabricksSchemaDialect.Google, Parse(schema));

        Assert.Null(result.Changes);
        Assert.Equal(schema, result.Schema.GetRawText());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}

using System.Text.Json;
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

    private static RewrittenSchema Plain(string schema) =>
        RewrittenSchema.For(SchemaDialect.Plain, JsonDocument.Parse(schema).RootElement);
}

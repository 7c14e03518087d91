using System.Text.Json;
using Connectors.Databricks.Models.Schemas;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Models.Schemas;

/// <summary>References of a schema that lead nowhere, and those that only look so.</summary>
public class DanglingReferencesTests
{
    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/A"}}}""", """{"properties":{"a":{}}}""", "#/$defs/A")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/A"}}}""", """{"properties":{"a":{}}}""", "#/definitions/A")]
    [InlineData(
        """{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"B":{}}}""", """{"properties":{"a":{}},"$defs":{"B":{}}}""", "#/$defs/A")]
    [InlineData(
        """{"properties":{"a":{"type":"object","description":"d","$ref":"#/$defs/A"}}}""",
        """{"properties":{"a":{"type":"object","description":"d"}}}""", "#/$defs/A")]
    [InlineData(
        """{"items":{"anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}}""", """{"items":{"anyOf":[{},{"type":"null"}]}}""", "#/$defs/A")]
    [InlineData("""{"additionalProperties":{"$ref":"#/$defs/A"}}""", """{"additionalProperties":{}}""", "#/$defs/A")]
    [InlineData(
        """{"$defs":{"A":{"properties":{"b":{"$ref":"#/$defs/B"}}}}}""", """{"$defs":{"A":{"properties":{"b":{}}}}}""", "#/$defs/B")]
    [InlineData("""{"$ref":"#/$defs/A","type":"object"}""", """{"type":"object"}""", "#/$defs/A")]
    [InlineData("""{"items":{"$ref":"https://example.com/schema.json"}}""", """{"items":{}}""", "https://example.com/schema.json")]
    [InlineData("""{"items":{"$ref":"#no-anchor"}}""", """{"items":{}}""", "#no-anchor")]
    [InlineData("""{"items":{"$ref":"#/$defs/A"},"$defs":{"A":null}}""", """{"items":{},"$defs":{"A":null}}""", "#/$defs/A")]
    [InlineData("""{"items":{"$ref":"#/$defs/A"},"$defs":{"A":"text"}}""", """{"items":{},"$defs":{"A":"text"}}""", "#/$defs/A")]
    [InlineData("""{"items":{"$ref":"#/anyOf/2"},"anyOf":[{},{}]}""", """{"items":{},"anyOf":[{},{}]}""", "#/anyOf/2")]
    [InlineData("""{"items":{"$ref":"#/anyOf/-1"},"anyOf":[{},{}]}""", """{"items":{},"anyOf":[{},{}]}""", "#/anyOf/-1")]
    [InlineData("""{"properties":{"a":{"$ref":"#/properties/a"}}}""", """{"properties":{"a":{}}}""", "#/properties/a")]
    [InlineData(
        """{"properties":{"$ref":{"$ref":"#/$defs/A"}}}""", """{"properties":{"$ref":{}}}""", "#/$defs/A")]
    public void A_dangling_reference_is_removed_and_its_siblings_stay(string schema, string corrected, string dangling)
    {
        var result = Correct(schema);

        JsonText.AssertEqual(corrected, result.Schema.GetRawText());
        Assert.Equal([dangling], result.Dangling);
        Assert.False(result.IsRepointed);
    }

    [Fact]
    public void A_circle_of_references_leads_nowhere()
    {
        var result = Correct("""{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"$ref":"#/$defs/B"},"B":{"$ref":"#/$defs/A"}}}""");

        // Once the first is cut, the others lead to the end of what is left.
        JsonText.AssertEqual("""{"properties":{"a":{}},"$defs":{"A":{},"B":{"$ref":"#/$defs/A"}}}""", result.Schema.GetRawText());
        Assert.Equal(["#/$defs/A", "#/$defs/B"], result.Dangling);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#/definitions/A"}},"definitions":{"A":{"type":"string"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"next":{"$ref":"#/$defs/Node"}}}}}""")]
    [InlineData("""{"$ref":"#/$defs/Node","$defs":{"Node":{"type":"object","properties":{"next":{"$ref":"#"}}}}}""")]
    [InlineData("""{"properties":{"a":{"properties":{"b":{"type":"string"}}},"c":{"$ref":"#/properties/a/properties/b"}}}""")]
    [InlineData("""{"items":{"$ref":"#/anyOf/1"},"anyOf":[{},{"type":"string"}]}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/A%20b"},"$defs":{"A b":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/List%3Cint%3E"},"$defs":{"List<int>":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/a~1b~0c"},"$defs":{"a/b~c":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/~01"},"$defs":{"~1":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/"},"$defs":{"":{}}}""")]
    [InlineData("""{"items":{"$ref":"#/$defs/A"},"$defs":{"A":true}}""")]
    [InlineData("""{"items":{"$ref":"#node"},"$defs":{"A":{"$anchor":"node"}}}""")]
    [InlineData("""{"items":{"$ref":"https://example.com/node"},"$defs":{"A":{"$id":"https://example.com/node"}}}""")]
    [InlineData("""{"items":{"$ref":"node#/properties/a"},"$defs":{"A":{"$id":"https://example.com/node"}}}""")]
    [InlineData("""{"enum":[{"$ref":"#/a"}],"const":{"$ref":"#/a"},"default":{"$ref":"#/a"},"examples":[{"$ref":"#/a"}]}""")]
    [InlineData("""{"properties":{"$ref":{"type":"string"}}}""")]
    [InlineData("""{"type":"object","description":"\"$ref\""}""")]
    [InlineData("""{"items":{"$ref":"#/a"},"items":{"$ref":"#/a"}}""")]
    public void What_leads_somewhere_or_is_data_stays_byte_for_byte(string schema)
    {
        var result = Correct(schema);

        Assert.Equal(schema, result.Schema.GetRawText());
        Assert.Equal((0, false), (result.Dangling.Count, result.IsRepointed));
    }

    [Theory]
    [InlineData(
        """{"properties":{"a":{"$ref":"#/$defs/A","$defs":{"A":{"type":"string"}}}}}""",
        """{"properties":{"a":{"$ref":"#/properties/a/$defs/A","$defs":{"A":{"type":"string"}}}}}""")]
    [InlineData(
        """{"properties":{"a b":{"items":{"$ref":"#/$defs/A"},"$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/$defs/A"}}}}}}}""",
        """
        {"properties":{"a b":{"items":{"$ref":"#/properties/a%20b/$defs/A"},
          "$defs":{"A":{"type":"object","properties":{"next":{"$ref":"#/properties/a%20b/$defs/A"}}}}}}}
        """)]
    [InlineData(
        """{"properties":{"a":{"$ref":"#/definitions/A"}},"$defs":{"A":{"type":"string"}}}""",
        """{"properties":{"a":{"$ref":"#/$defs/A"}},"$defs":{"A":{"type":"string"}}}""")]
    [InlineData(
        """{"properties":{"a":{"$ref":"#/components/schemas/A"}},"definitions":{"A":{"type":"string"}}}""",
        """{"properties":{"a":{"$ref":"#/definitions/A"}},"definitions":{"A":{"type":"string"}}}""")]
    [InlineData(
        """{"properties":{"node":{"properties":{"next":{"$ref":"#/properties/next/items"},"x":{}},"required":["next"]}}}""", null)]
    public void A_definition_that_is_elsewhere_is_pointed_to(string schema, string? corrected)
    {
        var result = Correct(schema);

        if (corrected is null)
        {
            Assert.Equal(["#/properties/next/items"], result.Dangling);
            return;
        }

        JsonText.AssertEqual(corrected, result.Schema.GetRawText());
        Assert.Equal((0, true), (result.Dangling.Count, result.IsRepointed));
        Assert.Equal((0, false), Correct(result.Schema.GetRawText()) is var again ? (again.Dangling.Count, again.IsRepointed) : default);
    }

    [Fact]
    public void Where_the_rewriting_describes_them_they_stay()
    {
        var result = DanglingReferences.Correct(JsonElement.Parse("""{"items":{"$ref":"#/$defs/A"}}"""), keepsDangling: true);

        Assert.Equal("""{"items":{"$ref":"#/$defs/A"}}""", result.Schema.GetRawText());
        Assert.Equal(["#/$defs/A"], result.Dangling);
    }

    [Fact]
    public void Many_references_take_few_steps()
    {
        var members = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $$"""
            "m{{i}}":{"$ref":"#/$defs/d{{i}}"}
            """));
        var definitions = string.Join(',', Enumerable.Range(0, 2_000).Select(i => $$"""
            "d{{i}}":{"$ref":"#/$defs/d{{i + 1}}"}
            """));

        var result = Correct($$"""{"properties":{ {{members}} },"$defs":{ {{definitions}} } }""");

        Assert.Equal("#/$defs/d2000", result.Dangling.Last(reference => reference.Length == 13));
    }

    private static RewrittenSchema Correct(string schema) => DanglingReferences.Correct(JsonElement.Parse(schema), keepsDangling: false);
}

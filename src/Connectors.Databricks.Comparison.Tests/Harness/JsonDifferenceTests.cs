using System.Text.Json.Nodes;

namespace Connectors.Databricks.Comparison.Tests.Harness;

public class JsonDifferenceTests
{
    [Theory]
    [InlineData("""{ "a": 1, "b": [ 2 ] }""", """{ "b": [ 2.0 ], "a": 1 }""")]
    [InlineData("""{ "arguments": "{ \"a\" : 1 }" }""", """{ "arguments": "{\"a\":1}" }""")]
    public void The_order_of_members_the_form_of_numbers_and_the_whitespace_of_arguments_do_not_matter(string one, string other) =>
        Assert.Empty(Between(one, other));

    [Theory]
    [InlineData("""{ "a": null }""", "{}", "a: null <> (absent)")]
    [InlineData("{}", """{ "a": { "b": 1 } }""", "a: (absent) <> {\"b\":1}")]
    [InlineData("""{ "a": [ 1, 2 ] }""", """{ "a": [ 2, 1 ] }""", "a[0]: 1 <> 2, a[1]: 2 <> 1")]
    [InlineData("""{ "a": [ 1, 2, 3 ] }""", """{ "a": [ 1, 3 ] }""", "a[1]: 2 <> (absent)")]
    [InlineData("""{ "a": "1" }""", """{ "a": 1 }""", "a: \"1\" <> 1")]
    [InlineData("""{ "n": 1234567890123456780 }""", """{ "n": 1234567890123456700 }""", "n: 1234567890123456780 <> 1234567890123456700")]
    [InlineData("""{ "content": "{ }" }""", """{ "content": "{}" }""", "content: \"{ }\" <> \"{}\"")]
    public void Every_other_difference_is_reported_with_its_path(string one, string other, string expected) =>
        Assert.Equal(expected, string.Join(", ", Between(one, other).Select(difference => difference.ToString().Trim())));

    private static IEnumerable<JsonDifference> Between(string one, string other) =>
        JsonDifference.Between(JsonNode.Parse(one), JsonNode.Parse(other));
}

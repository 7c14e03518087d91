using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class SchemaFillerTests
{
    [Theory]
    [InlineData(
        "Ada Lovelace is 36 years old, lives in London, mail ada@example.com. "
        + "Tags: math, code and poetry. A positive review, total 42.5. She is vip.",
        """
        {"type":"object","properties":{"name":{"type":"string"},"age":{"type":"integer"},"email":{"type":"string","format":"email"},
         "tags":{"type":"array","items":{"type":"string"}},"sentiment":{"type":"string","enum":["negative","positive"]},
         "address":{"$ref":"#/$defs/address"},"vip":{"type":"boolean"},"total":{"type":["number","null"]}},
         "$defs":{"address":{"type":"object","properties":{"city":{"type":"string"},"zip":{"type":"string"}}}}}
        """,
        """
        {"name":"Ada Lovelace","age":36,"email":"ada@example.com","tags":["math","code","poetry"],"sentiment":"positive",
          "address":{"city":"London","zip":"unknown"},"vip":true,"total":42.5}
        """)]
    [InlineData(
        "An invoice for 3 apples, total 3.75, customer \"Bob\"",
        """
        {"type":"object","properties":{"customer":{"type":"string"},"quantity":{"type":"integer"},"total":{"type":"number"},
          "paid":{"type":"boolean"}}}
        """,
        """{"customer":"Bob","quantity":3,"total":3.75,"paid":false}""")]
    [InlineData(
        "Nothing to see",
        """
        {"type":"object","properties":{"a":{"const":7},"b":{"anyOf":[{"type":"null"},{"type":"integer","minimum":5}]},"c":{"type":"null"},
          "d":{"type":"string","format":"date"}}}
        """,
        """{"a":7,"b":5,"c":null,"d":"2026-01-01"}""")]
    [InlineData(
        "Numbers 4, 5 and 6",
        """{"type":"object","properties":{"values":{"type":"array","items":{"type":"integer"}}}}""",
        """{"values":[4,5,6]}""")]
    public async Task A_schema_is_filled_from_the_prompt(string prompt, string schema, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();
        JsonNode body = JsonNode.Parse(
            """{"messages":[{"role":"user","content":""}],"response_format":{"type":"json_schema","json_schema":{"name":"n"}}}""")!;
        body["messages"]![0]!["content"] = prompt;
        body["response_format"]!["json_schema"]!["schema"] = JsonNode.Parse(schema);

        Assert.Equal(Wire.Unwrapped(expected), await wire.TextAsync("databricks-llama-4-maverick", body.ToJsonString()));
    }

    [Fact]
    public async Task A_schema_that_refers_to_itself_comes_to_an_end()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            "databricks-llama-4-maverick",
            """
            {"messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":
             {"type":"object","properties":{"child":{"$ref":"#"}},"required":["child"]}}}}
            """);

        Assert.StartsWith("""{"child":{"child":""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_json_object_is_an_object()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            "databricks-llama-4-maverick",
            """{"messages":[{"role":"user","content":"Count to 3"}],"response_format":{"type":"json_object"}}""");

        Assert.Equal("""{"answer":"1, 2, 3."}""", answer);
    }
}

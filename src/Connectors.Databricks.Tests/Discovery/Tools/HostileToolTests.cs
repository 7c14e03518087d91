using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Management;
using Connectors.Databricks.Discovery.Tools;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Discovery.Tools;

/// <summary>No result is longer than MaxResultLength, whatever the service answers and whatever a model writes.</summary>
public class HostileToolTests
{
    public static TheoryData<string, HttpStatusCode, int> Cases()
    {
        TheoryData<string, HttpStatusCode, int> cases = [];
        foreach (var tool in Tools(new HostileWorkspace(HttpStatusCode.OK).Serving, 500))
        {
            foreach (var status in new[] { HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.InternalServerError })
            {
                foreach (var maxLength in new[] { 500, 1_777, 8_000 })
                {
                    cases.Add(tool.Name, status, maxLength);
                }
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_result_is_valid_JSON_of_bounded_length(string toolName, HttpStatusCode status, int maxLength)
    {
        var tool = Tools(new HostileWorkspace(status).Serving, maxLength).Single(tool => tool.Name == toolName);
        foreach (var text in new[] { "e1", "e", new string('e', 63), new string('e', 60_000), HostileWorkspace.LongText, "e1\n\u202E" })
        {
            var result = Assert.IsType<JsonElement>(await tool.InvokeAsync(Arguments(tool, text)));

            Assert.Equal(JsonValueKind.Object, result.ValueKind);
            Assert.InRange(result.GetRawText().Length, 2, maxLength);
            using var parsed = JsonDocument.Parse(result.GetRawText());
            Assert.NotEmpty(parsed.RootElement.EnumerateObject());
        }
    }

    [Fact]
    public async Task An_example_with_half_a_surrogate_pair_is_left_out_of_the_schema()
    {
        var service = new TestServices.VerbatimService().Answers("""
            {"paths":{"/served-models/champion/invocations":{"post":{"requestBody":{"content":{"application/json":{"schema":{"oneOf":[
              {"type":"object","properties":{"dataframe_records":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"}}}}},
               "examples":[{"dataframe_records":[{"a":"\ud800"}]}]}]}}}}}}}}
            """);
        var tool = service.Client().Directory.CreateTools().Single(tool => tool.Name == "get_endpoint_schema");

        var result = (JsonElement)(await tool.InvokeAsync(new AIFunctionArguments { ["name"] = "e1" }))!;

        var signature = Assert.Single(result.GetProperty("signatures").EnumerateArray());
        Assert.Equal("a: string", Assert.Single(signature.GetProperty("inputs").EnumerateArray()).GetString());
        Assert.False(signature.TryGetProperty("example", out _));
    }

    [Fact]
    public async Task A_cut_endpoint_keeps_its_first_members()
    {
        var result = await InvokeAsync("get_serving_endpoint", 8_000, ("name", "e1"));

        Assert.Equal(["name", "ready"], result.EnumerateObject().Take(2).Select(member => member.Name));
        Assert.StartsWith("Cut: at most ", result.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_long_entries_says_how_many_it_shows()
    {
        var result = await InvokeAsync("list_serving_endpoints", 500);

        Assert.Equal(HostileWorkspace.MostEndpoints, result.GetProperty("count").GetInt32());
        Assert.Equal("e0", Assert.Single(result.GetProperty("endpoints").EnumerateArray()).GetProperty("name").GetString());
        Assert.StartsWith("Only the first 1 of 60 are shown.", result.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_answer_is_cut_near_the_limit_and_keeps_its_note()
    {
        var result = await InvokeAsync("query_endpoint", 8_000, ("name", "e1"), ("question", "?"));

        Assert.InRange(result.GetRawText().Length, 7_000, 8_000);
        Assert.EndsWith("… (100000 characters in all)", result.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal("The response is truncated: it reached max_tokens.", result.GetProperty("note").GetString());
    }

    [Fact]
    public async Task A_long_argument_is_not_echoed() => Assert.Equal(
        "'name' has 60000 characters; at most 767 are accepted.",
        (await InvokeAsync("get_serving_endpoint", 8_000, ("name", new string('e', 60_000)))).GetProperty("error").GetString());

    [Fact]
    public async Task An_argument_that_is_echoed_is_short_and_visible() => Assert.Equal(
        "'ready' must be true or false, not 'may\\u000Abe'.",
        (await InvokeAsync("list_serving_endpoints", 8_000, ("ready", "may\nbe"))).GetProperty("error").GetString());

    [Fact]
    public void Names_longer_than_any_endpoint_name_are_not_compared()
    {
        Assert.Equal([], SimilarNames.To(new string('a', 60_000), [new string('a', 100), "churn-v1"]));
        Assert.Equal(["'aaa-v1'"], SimilarNames.To("aaa-v2", [$"aaa-v2{new string('a', 60_000)}", "aaa-v1"]));
    }

    [Theory]
    [InlineData("churn", "churn-v1", true)]
    [InlineData("CHURN-V1", "churn-v1", true)]
    [InlineData("aaaa", "aa", true)]
    [InlineData("aaaaaaaa", "aa", false)]
    [InlineData("a", "a", false)]
    [InlineData("zzz", "churn-v1", false)]
    public void Names_that_share_half_of_their_pairs_are_similar(string name, string other, bool isSimilar) =>
        Assert.Equal(isSimilar, SimilarNames.To(name, [other]).Count == 1);

    private static async Task<JsonElement> InvokeAsync(string toolName, int maxLength, params (string Name, object? Value)[] arguments)
    {
        var tool = Tools(new HostileWorkspace(HttpStatusCode.OK).Serving, maxLength).Single(tool => tool.Name == toolName);
        return (JsonElement)(await tool.InvokeAsync(new AIFunctionArguments(arguments.ToDictionary(one => one.Name, one => one.Value))))!;
    }

    /// <summary>Every argument that the tool declares.</summary>
    private static AIFunctionArguments Arguments(AIFunction tool, string text)
    {
        AIFunctionArguments arguments = [];
        foreach (var property in tool.JsonSchema.GetProperty("properties").EnumerateObject())
        {
            arguments[property.Name] = property.Value.GetProperty("type").GetString() switch
            {
                "object" => text.Length < 10 ? new JsonObject { [text] = 50, ["challenger"] = 50 }.ToJsonString() : LongShares(text),
                "string" when property.Value.TryGetProperty("enum", out _) => text.Length < 3 ? null : text,
                "string" => text,
                _ => text.Length < 10 ? null : text,
            };
        }

        return arguments;
    }

    private static string LongShares(string text) => new JsonObject { [text] = 2_000_000_000, [$"{text}2"] = 2_000_000_000 }.ToJsonString();

    private static IEnumerable<AIFunction> Tools(DatabricksServingClient serving, int maxLength) =>
        serving.Directory.CreateTools(Options(maxLength)).Concat(serving.GetManagementClient().CreateTools(new ManagementToolOptions
        {
            MaxResultLength = maxLength,
            AllowChanges = true,
            ApproveChange = (_, _) => new(true),
        }));

    private static EndpointToolOptions Options(int maxLength) => new()
    {
        MaxResultLength = maxLength,
        AllowQueries = true,
        ChatClientFactory = name => new DatabricksServingClient(Client(HttpStatusCode.OK)).GetChatClient(name),
    };

    private static DatabricksServingOptions Client(HttpStatusCode status) => new()
    {
        Host = TestServices.Some.Host,
        Credential = DatabricksCredential.FromToken(TestServices.Some.Token),
        HttpClient = new HttpClient(new HostileWorkspace(status)),
        Resilience = { Retry = null },
    };
}

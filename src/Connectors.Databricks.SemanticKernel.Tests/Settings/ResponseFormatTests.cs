using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using AI = Microsoft.Extensions.AI;
using OpenAIFormat = OpenAI.Chat.ChatResponseFormat;

namespace Connectors.Databricks.SemanticKernel.Tests.Settings;

/// <summary>Structured output, by type and by schema, in all forms that apps use.</summary>
public class ResponseFormatTests
{
    private const string Schema =
        """{"type":"object","properties":{"City":{"type":"string"}},"required":["City"],"additionalProperties":false}""";

    public enum Sky
    {
        Clear,
        Cloudy,
    }

    public sealed record Place(
        [property: JsonPropertyName("city_name")] string City, [property: Description("ISO code")] string? Country = "DE");

    public sealed record Forecast(Place Place, List<Day> Days, Sky Sky, int? Degrees);

    public sealed record Day(DateOnly Date, double Rain, List<int> Hours);

    public sealed record Counts(Dictionary<string, int> ByName);

    public sealed record Tree(string Name, List<Tree> Children);

    public sealed record Page<T>(T Item, string? Next);

    public static TheoryData<Type> Types =>
        [typeof(Place), typeof(Forecast), typeof(Tree), typeof(Page<Day>), typeof(int?), typeof(Sky), typeof(List<Place>)];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task A_CSharp_type_is_the_schema_that_the_OpenAI_connector_sends(Type type)
    {
        var expected = (await OpenAIRequest.SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = type }))["response_format"];

        AssertSame(expected, await SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = type }));
        AssertSame(expected, await SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = type }));
        AssertSame(expected, await SentAsync(Copy(new DatabricksPromptExecutionSettings { ResponseFormat = type })));
    }

    [Fact]
    public async Task A_type_with_a_map_is_not_strict_because_the_service_rejects_it()
    {
        var sent = (await SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = typeof(Counts) }))!["json_schema"]!;

        Assert.Null(sent["strict"]);
        Assert.Equal("integer", (string?)sent["schema"]!["properties"]!["ByName"]!["additionalProperties"]!["type"]);
    }

    [Fact]
    public async Task A_chat_client_sends_the_same_schema()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        var kernel = Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Unknown, fixture.Serving).Build();
        var expected = (
            await OpenAIRequest.SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = typeof(Forecast) }))["response_format"];

        await kernel.InvokePromptAsync("Weather?", new(new DatabricksPromptExecutionSettings { ResponseFormat = typeof(Forecast) }));

        AssertSame(expected, fixture.Sent()["response_format"]);
    }

    [Fact]
    public async Task An_answer_in_the_names_of_the_schema_deserializes_with_defaults()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything().Replies("""{"Place":{"city_name":"Bonn","Country":null},"Days":[],"Sky":1,"Degrees":21}""");

        var result = await fixture.Kernel.InvokePromptAsync(
            "Weather?", new(new OpenAIPromptExecutionSettings { ResponseFormat = typeof(Forecast) }));

        var forecast = JsonSerializer.Deserialize<Forecast>(result.ToString())!;
        Assert.Equal(("Bonn", 21), (forecast.Place.City, forecast.Degrees));
        var schema = fixture.Sent()["response_format"]!["json_schema"]!["schema"]!;
        Assert.Equal(["Place", "Days", "Sky", "Degrees"], schema["properties"]!.AsObject().Select(property => property.Key));
        Assert.Equal(["city_name", "Country"], schema["properties"]!["Place"]!["properties"]!.AsObject().Select(property => property.Key));
    }

    public static TheoryData<object> SchemaForms =>
    [
        JsonDocument.Parse(Schema).RootElement, JsonDocument.Parse(Schema), JsonNode.Parse(Schema)!, Schema, KernelJsonSchema.Parse(Schema),
        AI.ChatResponseFormat.ForJsonSchema(JsonDocument.Parse(Schema).RootElement, "JsonSchema"),
        OpenAIFormat.CreateJsonSchemaFormat("JsonSchema", BinaryData.FromString(Schema)),
        $$$"""{"type":"json_schema","json_schema":{"name":"JsonSchema","schema":{{{Schema}}}}}""",
    ];

    [Theory]
    [MemberData(nameof(SchemaForms))]
    public async Task A_schema_is_understood_in_each_of_its_forms(object format)
    {
        var expected = JsonNode.Parse($$$"""{"type":"json_schema","json_schema":{"name":"JsonSchema","schema":{{{Schema}}}}}""");

        AssertSame(expected, await SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = format }));
        AssertSame(expected, await SentAsync(Copy(new DatabricksPromptExecutionSettings { ResponseFormat = format })));
        AssertSame(expected, await SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = format }));
        AssertSame(
            expected,
            await SentAsync(
                new PromptExecutionSettings { ExtensionData = new Dictionary<string, object> { ["response_format"] = format } }));
    }

    public static TheoryData<object, string> Words => new()
    {
        { "json_object", "json_object" },
        { AI.ChatResponseFormat.Json, "json_object" },
        { AI.ChatResponseFormat.Text, "text" },
        { OpenAIFormat.CreateJsonObjectFormat(), "json_object" },
        { OpenAIFormat.CreateTextFormat(), "text" },
        { JsonDocument.Parse("\"json_object\"").RootElement, "json_object" },
        { """{"type":"json_object"}""", "json_object" },
    };

    [Theory]
    [MemberData(nameof(Words))]
    public async Task A_format_without_a_schema_is_understood_in_each_of_its_forms(object format, string type)
    {
        Assert.Equal(type, (string?)(await SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = format }))!["type"]);
        Assert.Equal(type, (string?)(await SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = format }))!["type"]);
    }

    [Fact]
    public async Task A_strict_schema_of_the_OpenAI_package_stays_strict()
    {
        var format = OpenAIFormat.CreateJsonSchemaFormat(
            "Answer", BinaryData.FromString(Schema), "What is asked for.", jsonSchemaIsStrict: true);
        var expected = JsonNode.Parse(
            $$$"""{"type":"json_schema","json_schema":{"name":"Answer","description":"What is asked for.","strict":true,"schema":{{{Schema}}}}}""");

        AssertSame(expected, await SentAsync(new OpenAIPromptExecutionSettings { ResponseFormat = format }));
        AssertSame(expected, await SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = format }));
    }

    [Theory]
    [InlineData("yaml", "\"json_object\"")]
    [InlineData("{\"type\":", "begins as JSON")]
    [InlineData(7, "System.Int32")]
    public async Task Something_else_is_refused_with_what_to_use_instead(object format, string says)
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => SentAsync(new DatabricksPromptExecutionSettings { ResponseFormat = format }));

        Assert.Contains(says, failure.Message, StringComparison.Ordinal);
    }

    private static DatabricksPromptExecutionSettings Copy(DatabricksPromptExecutionSettings settings) =>
        JsonSerializer.Deserialize<DatabricksPromptExecutionSettings>(JsonSerializer.Serialize(settings))!;

    private static void AssertSame(JsonNode? expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"Expected:\n{expected?.ToJsonString()}\nActual:\n{actual?.ToJsonString()}");

    private static async Task<JsonNode?> SentAsync(PromptExecutionSettings settings)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Unknown);
        fixture.Endpoint.AcceptsAnything();
        await fixture.Chat.GetChatMessageContentsAsync([new(Microsoft.SemanticKernel.ChatCompletion.AuthorRole.User, "Hello")], settings);
        return fixture.Sent()["response_format"];
    }
}

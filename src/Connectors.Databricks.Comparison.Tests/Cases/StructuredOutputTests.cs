using System.ComponentModel;
using System.Text.Json;
using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using OpenAIFormat = OpenAI.Chat.ChatResponseFormat;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class StructuredOutputTests
{
    public enum Mood
    {
        Calm,
        Busy,
    }

    public sealed record Trip(string City, int Days, IReadOnlyList<Place> Places, Mood? Mood = null);

    [Description("A place on the way.")]
    public sealed record Place(string Name, double? Hours);

    public sealed record Stock(string City, IReadOnlyDictionary<string, int> Counts);

    private const string Schema = """
        { "type": "object", "properties": { "city": { "type": "string" } }, "required": [ "city" ], "additionalProperties": false }
        """;

    private const string Envelope = $$"""
        { "type": "json_schema", "json_schema": { "name": "trip", "strict": true, "schema": {{Schema}} } }
        """;

    private static readonly Reply Answer = Reply.Text(
        """{ "Days": 3, "City" : "Rome", "Mood": null, "Places": [ { "Hours": null, "Name":"Forum" } ] }""");

    [Fact]
    public Task A_type_is_a_schema_with_names_as_declared_and_the_response_deserializes() => SideBySide.RunAsync(
        [Answer],
        async app =>
        {
            var result = await app.Kernel.InvokePromptAsync("Plan a trip.", new(Formatted(typeof(Trip))));
            var trip = JsonSerializer.Deserialize<Trip>(result.ToString())!;
            Assert.Equal(("Rome", 3, "Forum"), (trip.City, trip.Days, trip.Places.Single().Name));
            return trip;
        });

    [Fact]
    public Task A_streamed_structured_response_deserializes() => SideBySide.RunAsync(
        [Reply.Streamed("""{ "Places": [], """, """ "City":"Rome", "Days" : 3 }""")],
        async app =>
        {
            var texts = app.Kernel.InvokePromptStreamingAsync<string>("Plan a trip.", new(Formatted(typeof(Trip))));
            return JsonSerializer.Deserialize<Trip>(string.Concat(await texts.ToListAsync()));
        });

    [Fact]
    public Task A_type_is_sent_with_functions_in_both_requests() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather("Rome")), Answer],
        async app =>
        {
            var settings = Formatted(typeof(Trip));
            settings.FunctionChoiceBehavior = FunctionChoiceBehavior.Auto();
            return JsonSerializer.Deserialize<Trip>($"{await app.Chat.GetChatMessageContentAsync("Plan.", settings, app.Kernel)}");
        });

    [Theory]
    [InlineData(typeof(List<Place>))]
    [InlineData(typeof(Mood))]
    [InlineData(typeof(int?))]
    [InlineData(typeof(DateTime))]
    [InlineData(typeof(string))]
    public Task A_type_that_is_not_an_object_is_sent_the_same_way(Type type) => SideBySide.RunAsync(
        [Reply.Text("[]")], Ask.NonStreaming(Formatted(type)));

    [Theory]
    [InlineData(typeof(Dictionary<string, int>))]
    [InlineData(typeof(Stock))]
    public Task A_type_with_a_dictionary_is_sent_without_strict(Type type) => SideBySide.RunAsync(
        [Reply.Text("{}")], Ask.NonStreaming(Formatted(type)), AcceptedDifferences.NotStrictFormat);

    [Fact]
    public Task A_schema_as_json_is_sent_the_same_way() => SideBySide.RunAsync(
        [Answer], Ask.NonStreaming(Formatted(JsonElement.Parse(Envelope))));

    [Fact]
    public Task A_format_of_the_OpenAI_package_is_sent_the_same_way()
    {
        var format = OpenAIFormat.CreateJsonSchemaFormat("trip", BinaryData.FromString(Schema), "A trip.", jsonSchemaIsStrict: true);
        return SideBySide.RunAsync([Answer], Ask.NonStreaming(Formatted(format)));
    }

    [Fact]
    public Task A_schema_in_a_prompt_configuration_is_sent_the_same_way() => SideBySide.RunAsync(
        [Answer],
        async app =>
        {
            var config = PromptTemplateConfig.FromJson($$"""
                { "template": "Plan a trip.", "execution_settings": { "default": { "temperature": 0, "response_format": {{Envelope}} } } }
                """);
            return (await app.Kernel.CreateFunctionFromPrompt(config).InvokeAsync(app.Kernel)).ToString();
        });

    private static OpenAIPromptExecutionSettings Formatted(object format) => new() { ResponseFormat = format };
}

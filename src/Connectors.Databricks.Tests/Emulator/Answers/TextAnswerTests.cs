using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class TextAnswerTests
{
    private const string Llama = "databricks-llama-4-maverick";

    [Theory]
    [InlineData(
        "Hello!",
        "Hello! I am an emulated Llama 4 Maverick (databricks-llama-4-maverick). Ask me something this conversation "
            + "says, offer me tools, or give me a schema to fill.")]
    [InlineData(
        "Who wrote Faust?",
        "You asked: \"Who wrote Faust?\" I am an emulated Llama 4 Maverick (databricks-llama-4-maverick): I call your "
            + "tools, fill your schemas and recall this conversation, and it says nothing about that yet.")]
    [InlineData("My name is Ada and I like chess.", "Noted. Your name is Ada and you like chess.")]
    [InlineData("Hello, I am Ada.", "Noted. You are Ada.")]
    [InlineData("Count to 5", "1, 2, 3, 4, 5.")]
    [InlineData("Say \"blue\"", "blue")]
    [InlineData("Summarize: One is first. Two is next. Three is last.", "One is first. Two is next.")]
    [InlineData(
        "The Eiffel Tower is 330 metres tall. It was completed in 1889. When was the Eiffel Tower completed?",
        "The Eiffel Tower is 330 metres tall. It was completed in 1889.")]
    [InlineData("Delta Lake is a storage layer. Unity Catalog governs data.\n\nWhat governs data?", "Unity Catalog governs data.")]
    public async Task A_prompt_alone_is_answered(string prompt, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(expected, await wire.SayAsync(Llama, prompt));
    }

    [Theory]
    [InlineData("What is my name?", "Your name is Ada.")]
    [InlineData("How long do returns take?", "Returns are accepted within 30 days.")]
    public async Task The_conversation_is_remembered(string question, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$"""
            {"messages":[{"role":"system","content":"You help customers. Returns are accepted within 30 days."},
              {"role":"user","content":"My name is Ada."},{"role":"assistant","content":"Noted."},{"role":"user","content":"{{question}}"}]}
            """);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("Rain all day", "get_weather says: Rain all day.")]
    [InlineData("""{"sky":"rain","degrees":9}""", "get_weather says: sky: rain, degrees: 9.")]
    [InlineData("""["rain","wind"]""", "get_weather says: rain, wind.")]
    [InlineData("""{"sky":"rain","wind":{"speed":9,"gusts":[12,15]}}""", "get_weather says: sky: rain, wind: (speed: 9, gusts: (12, 15)).")]
    [InlineData(
        """[{"day":"Mon","rain":true},{"day":"Tue","rain":null}]""",
        "get_weather says: day: Mon, rain: true; day: Tue, rain: nothing.")]
    [InlineData("[]", "get_weather says: nothing.")]
    public async Task Tool_results_are_quoted(string result, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$$"""
            {"messages":[{"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"get_weather",
              "arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"a","content":{{{JsonValue.Create(result).ToJsonString()}}}}]}
            """);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("\"max_tokens\":3", "1, 2 length 3")]
    [InlineData("\"max_completion_tokens\":3", "1, 2 length 3")]
    [InlineData("\"stop\":[\"4\",\", 3\"]", "1, 2 stop 3")]
    [InlineData("\"stop\":\", 2\"", "1 stop 1")]
    [InlineData("\"max_tokens\":10", "1, 2, 3, 4, 5. stop 10")]
    public async Task Limits_cut_the_text(string limit, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        JsonNode answer = JsonNode.Parse(await wire.ReadAsync(Llama,
            $$"""
            {"messages":[{"role":"user","content":"Count to 5"}],{{limit}}}
            """))!;

        JsonNode choice = answer["choices"]![0]!;
        Assert.Equal(expected, $"{choice["message"]!["content"]} {choice["finish_reason"]} {answer["usage"]!["completion_tokens"]}");
    }

    [Fact]
    public async Task An_image_is_noticed()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            """
            {"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url",
              "image_url":{"url":"data:image/png;base64,AA=="}}]}]}
            """);

        Assert.Contains("It came with 1 image.", answer, StringComparison.Ordinal);
    }
}

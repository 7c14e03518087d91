using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Answers;

public class TextAnswerTests
{
    private const string Llama = "databricks-llama-4-maverick";

    [Theory]
    [InlineData(
        "Hello!",
        "Hello! I am an emulated Llama 4 Maverick (databricks-llama-4-maverick). Ask me about this conversation, "
            + "offer me tools, or give me a schema to fill.")]
    [InlineData(
        "Who wrote Faust?",
        "I have no information about who wrote Faust. I am an emulated Llama 4 Maverick (databricks-llama-4-maverick): I answer from "
            + "this conversation, call your tools and fill your schemas.")]
    [InlineData("What is MLflow?", "MLflow is an open source project that tracks, packages and evaluates models and agents.")]
    [InlineData("My name is Ada and I like chess.", "Noted. Your name is Ada and you like chess.")]
    [InlineData("Hello, I am Ada.", "Noted. You are Ada.")]
    [InlineData("What is 17 times 23?", "17 * 23 = 391.")]
    [InlineData("Name one Dutch painter.", "Rembrandt.")]
    [InlineData("Name another Dutch painter.", "Johannes Vermeer.")]
    [InlineData(
        "Who are you?",
        "I am an emulated Llama 4 Maverick (databricks-llama-4-maverick). I answer from this conversation, call your tools and fill your "
            + "schemas.")]
    [InlineData(
        "The Gazelle is a bicycle. It costs 749 euros. The Falcon is another. It costs 2,499 euros. What does the Gazelle cost?",
        "The Gazelle is a bicycle. It costs 749 euros.")]
    [InlineData("Thanks, that was helpful!", "You are welcome!")]
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
    [InlineData("Could you summarize our conversation?", "So far you wrote 3 messages, about Utrecht and the capital of Peru.")]
    [InlineData("Summarize the chat so far.", "So far you wrote 3 messages, about Utrecht and the capital of Peru.")]
    public async Task A_conversation_is_summarized(string prompt, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$"""
            {"messages":[{"role":"user","content":"Tell me about Utrecht."},{"role":"assistant","content":"A city."},
              {"role":"user","content":"Why?"},{"role":"assistant","content":"So."},
              {"role":"user","content":"What is the capital of Peru?"},{"role":"assistant","content":"Lima."},
              {"role":"user","content":"{{prompt}}"}]}
            """);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("What is my name?", "Your name is Ada.")]
    [InlineData("How long do returns take?", "Returns are accepted within 30 days.")]
    [InlineData("Do you ship to Norway?", "A: Yes, for 59 euros.")]
    public async Task The_conversation_is_remembered(string question, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$"""
            {"messages":[{"role":"system","content":"You help customers. Returns are accepted within 30 days. Q: Do you ship to Norway? A: Yes, for 59 euros."},
              {"role":"user","content":"My name is Ada."},{"role":"assistant","content":"Noted."},{"role":"user","content":"{{question}}"}]}
            """);

        Assert.Equal(expected, answer);
    }

    [Theory]
    [InlineData("What did you tell me about the weather in Utrecht?", "The weather in Utrecht is sunny.")]
    [InlineData("Is the weather in Utrecht sunny?", "I have no information about that. I am an emulated Llama 4 Maverick")]
    public async Task Its_own_responses_are_quoted_on_request_only(string question, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$"""
            {"messages":[{"role":"user","content":"What is the weather in Utrecht?"},
              {"role":"assistant","content":"The weather in Utrecht is sunny."},{"role":"user","content":"{{question}}"}]}
            """);

        Assert.StartsWith(expected, answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get_weather", "{}", "Rain all day", "Here is the weather: Rain all day.")]
    [InlineData("get_weather", """{"city":"Bonn"}""", "Sunny in Bonn, 21 degrees.", "Sunny in Bonn, 21 degrees.")]
    [InlineData("Shop-price", """{"name":"Gazelle"}""", "Gazelle: 749 euros", "Here is the price: Gazelle: 749 euros.")]
    [InlineData("Shop-price", """{"name":"Gazelle"}""", "749 euros", "Here is the price for Gazelle: 749 euros.")]
    [InlineData(
        "get_weather", """{"city":"Bonn"}""", """{"sky":"rain","degrees":9}""", "Here is the weather for Bonn: sky: rain, degrees: 9.")]
    [InlineData("getWeather", "{}", """["rain","wind"]""", "Here is the weather: rain, wind.")]
    [InlineData(
        "get_weather", "{}", """{"sky":"rain","wind":{"speed":9,"gusts":[12,15]}}""",
        "Here is the weather: sky: rain, wind: (speed: 9, gusts: (12, 15)).")]
    [InlineData(
        "list_days", "{}", """[{"day":"Mon","rain":true},{"day":"Tue","rain":null}]""",
        "I found 2 days:\n- day Mon (rain: true)\n- day Tue (rain: nothing)")]
    [InlineData(
        "list_files", "{}", """[{"name":"a.md","bytes":1,"kind":"text","owner":"Ada","age":3}]""",
        "I found 1 result for files:\n- a.md (bytes: 1, kind: text, owner: Ada)")]
    [InlineData("list_models", "{}", """{"count":2,"models":[{"name":"a"},{"name":"b"}]}""", "I found 2 models:\n- a\n- b")]
    [InlineData(
        "get_model", """{"name":"a"}""", """{"name":"a","versions":[{"version":1}]}""",
        "Here is the model for a: name: a, versions: (version: 1).")]
    [InlineData("count_lines", """{"file":"README.md"}""", "120", "The number of lines in README.md is 120.")]
    [InlineData("current_time", "{}", "2026-11-30T08:00:00.0862533+01:00", "The current time is 2026-11-30T08:00:00+01:00.")]
    [InlineData("current_time", "{}", "\"2026-11-30T08:00:00Z\"", "The current time is 2026-11-30T08:00:00Z.")]
    [InlineData("is_open", """{"shop":"Bonn"}""", "true", "Yes: is open for Bonn is true.")]
    [InlineData(
        "get_weather", """{"city":"Bonn"}""", """{"error":"no such city"}""", "I could not get the weather for Bonn: no such city.")]
    [InlineData("get_weather", "{}", "[]", "I found no weather.")]
    [InlineData("get_weather", "not JSON", "", "I found no weather.")]
    public async Task Tool_results_become_sentences(string tool, string arguments, string result, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.TextAsync(
            Llama,
            $$$"""
            {"messages":[{"role":"user","content":"Weather?"},
              {"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"{{{tool}}}",
              "arguments":{{{JsonValue.Create(arguments).ToJsonString()}}}}}]},
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

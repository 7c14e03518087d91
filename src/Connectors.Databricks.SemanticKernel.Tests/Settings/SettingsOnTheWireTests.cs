using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Connectors.Databricks.SemanticKernel.Tests.Settings;

public class SettingsOnTheWireTests
{
    [Fact]
    public async Task Every_setting_has_its_member()
    {
        var sent = await SentAsync(new DatabricksPromptExecutionSettings
        {
            Temperature = 0.5, TopP = 0.25, TopK = 3, MaxTokens = 77, FrequencyPenalty = 0.5, PresencePenalty = -0.5,
            StopSequences = ["END"], Seed = 7, ChoiceCount = 2, LogProbs = true, TopLogProbs = 4, ReasoningEffort = "minimal",
            ExtensionData = new Dictionary<string, object> { ["user"] = "ada" },
            ExtraBody = new Dictionary<string,
            object?> { ["usage_context"] = new { team = "a" }, ["$.databricks_options.return_trace"] = true },
        });

        Assert.Equal(
            """
            {"temperature":0.5,"top_p":0.25,"top_k":3,"max_tokens":77,"frequency_penalty":0.5,"presence_penalty":-0.5,"seed":7,"stop":["END"],
            "user":"ada","reasoning_effort":"minimal","n":2,"logprobs":true,"top_logprobs":4,
            "usage_context":{"team":"a"},"databricks_options":{"return_trace":true}}
            """.ReplaceLineEndings(""),
            sent.ToJsonString());
    }

    [Fact]
    public async Task Nothing_set_sends_nothing() =>
        Assert.Equal("{}", (await SentAsync(new DatabricksPromptExecutionSettings())).ToJsonString());

    [Fact]
    public async Task A_thinking_budget_leaves_room_for_the_answer()
    {
        var sent = await SentAsync(new DatabricksPromptExecutionSettings { ThinkingBudget = 2048 }, EmulatedKernel.Claude);

        Assert.Equal("""{"max_tokens":10240,"thinking":{"type":"enabled","budget_tokens":2048}}""", sent.ToJsonString());
    }

    [Theory]
    [InlineData("low", EmulatedKernel.Gpt, """{"reasoning_effort":"low"}""")]
    [InlineData("LOW", EmulatedKernel.Claude, """{"max_tokens":9216,"thinking":{"type":"enabled","budget_tokens":1024}}""")]
    public async Task An_effort_is_said_in_the_words_of_the_model(string effort, string endpoint, string expected) =>
        Assert.Equal(
            expected, (await SentAsync(new DatabricksPromptExecutionSettings { ReasoningEffort = effort }, endpoint)).ToJsonString());

    [Fact]
    public async Task Plain_settings_as_in_a_prompt_file_are_accepted()
    {
        var settings = JsonSerializer.Deserialize<PromptExecutionSettings>(
            """{"service_id":"chat","model_id":"gpt-4","temperature":"0.5","max_tokens":20,"stop_sequences":["END"],"response_format":"json_object"}""")!;

        Assert.Equal(
            """{"temperature":0.5,"max_tokens":20,"stop":["END"],"response_format":{"type":"json_object"}}""",
            (await SentAsync(settings)).ToJsonString());
    }

    [Fact]
    public async Task The_settings_of_an_OpenAI_app_are_accepted()
    {
        var sent = await SentAsync(new OpenAIPromptExecutionSettings
        {
            ModelId = "gpt-4o", Temperature = 0.5, MaxTokens = 20, ReasoningEffort = "high", StopSequences = ["END"], User = "ada",
            TokenSelectionBiases = new Dictionary<int, int> { [7] = -1 }, ExtraBody = new Dictionary<string, object?> { ["$.a.b"] = 1 },
        });

        Assert.Equal(
            """{"temperature":0.5,"max_tokens":20,"stop":["END"],"reasoning_effort":"high","user":"ada","logit_bias":{"7":-1},"a":{"b":1}}""",
            sent.ToJsonString());
    }

    [Fact]
    public async Task A_path_goes_into_what_other_settings_have_put_there()
    {
        var sent = await SentAsync(new DatabricksPromptExecutionSettings
        {
            ThinkingBudget = 2048,
            ExtraBody = new Dictionary<string, object?> { ["$.thinking.display"] = "omitted", ["$.a.b.c"] = null, ["$.d"] = new[] { 1 } },
        });

        Assert.Equal(
            """{"max_tokens":10240,"thinking":{"type":"enabled","budget_tokens":2048,"display":"omitted"},"a":{"b":{"c":null}},"d":[1]}""",
            sent.ToJsonString());
    }

    [Fact]
    public async Task What_the_caller_gave_stays_as_it_is()
    {
        var own = new JsonObject { ["type"] = "enabled" };

        var sent = await SentAsync(new DatabricksPromptExecutionSettings
        {
            ExtraBody = new Dictionary<string, object?> { ["extra"] = own, ["$.extra.display"] = "omitted" },
        });

        Assert.Equal("""{"type":"enabled","display":"omitted"}""", sent["extra"]!.ToJsonString());
        Assert.Equal("""{"type":"enabled"}""", own.ToJsonString());
    }

    [Theory]
    [InlineData("$.")]
    [InlineData("$.a..b")]
    [InlineData("$.a[0].b")]
    public async Task A_path_that_is_none_is_refused(string path)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        var failure = await Assert.ThrowsAsync<ArgumentException>(() => fixture.Chat.GetChatMessageContentsAsync(
            "Hello", new DatabricksPromptExecutionSettings { ExtraBody = new Dictionary<string, object?> { [path] = 1 } }));

        Assert.StartsWith($"ExtraBody has the path '{path}'.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"json_schema","json_schema":{"name":"A","strict":true,"schema":{"type":"object","properties":{}}}}""", "A")]
    [InlineData("""{"type":"object","properties":{}}""", "JsonSchema")]
    public async Task A_schema_is_accepted_with_and_without_its_envelope(string format, string name)
    {
        var settings = new DatabricksPromptExecutionSettings { ResponseFormat = JsonDocument.Parse(format).RootElement };

        Assert.Equal(name, (string?)(await SentAsync(settings))["response_format"]!["json_schema"]!["name"]);
    }

    [Fact]
    public async Task A_model_id_of_these_settings_names_the_endpoint()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);

        await fixture.Chat.GetChatMessageContentsAsync("Hello", new DatabricksPromptExecutionSettings { ModelId = EmulatedKernel.Claude });

        Assert.Equal(EmulatedKernel.Claude, fixture.Emulator.Requests.Single().EndpointName);
    }

    [Fact]
    public async Task A_system_prompt_is_for_conversations_without_one()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var settings = new OpenAIPromptExecutionSettings { ChatSystemPrompt = "From settings." };

        await fixture.Chat.GetChatMessageContentsAsync([new(AuthorRole.User, "Hello")], settings);
        await fixture.Chat.GetChatMessageContentsAsync([new(AuthorRole.System, "Own."), new(AuthorRole.User, "Hello")], settings);

        Assert.Equal("From settings.", (string?)fixture.Sent(0)["messages"]![0]!["content"]);
        Assert.Equal("Own.", (string?)fixture.Sent(1)["messages"]![0]!["content"]);
    }

    private static async Task<JsonObject> SentAsync(PromptExecutionSettings settings, string endpoint = EmulatedKernel.Unknown)
    {
        await using var fixture = await EmulatedKernel.StartAsync(endpoint);
        fixture.Endpoint.AcceptsAnything();
        await fixture.Chat.GetChatMessageContentsAsync([new(AuthorRole.User, "Hello")], settings);
        var sent = fixture.Sent().AsObject();
        sent.Remove("messages");
        return sent;
    }
}

using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.Docs;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// The hint of a 400 that the connector does not correct states what to change, whatever the host (serving reference §3.10). Each row has
/// its source.
/// </summary>
public class ChatErrorHintTests
{
    private const string TooLong = "The input is longer than the context window of the model";
    private const string Conversation = "The model does not support the order or the parts of the messages";
    private const string Image = "The model does not support the image";
    private const string Tools = "The model does not support tools together with a response format";

    public static TheoryData<string> Uncorrected =>
        [.. RejectionTableTests.Rows.Where(row => (string)row[2] == "none").Select(row => (string)row[1])];

    [Theory]
    [InlineData("The model returned the following errors: Input is too long for requested model.", TooLong)] // claude-code#760
    [InlineData("prompt is too long: 202609 tokens > 200000 maximum", TooLong)] // bolt.diy#401
    [InlineData("input length and max_tokens exceed context limit: 198981 + 21333 > 200000, decrease input length", TooLong)] // Claudable#3
    [InlineData("This model's maximum context length is 128000 tokens. However, your messages resulted in 179011", TooLong)] // baserow#3011
    [InlineData("The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).", TooLong)] // gemini-cli#6678
    [InlineData("rpc error: code = InvalidArgument desc = Chat message input roles must alternate", Conversation)] // instructor
    [InlineData("This model does not support assistant message prefill. The conversation must end", Conversation)] // opencode#29760
    [InlineData("messages.3: `tool_use` ids must be unique", Conversation)] // opencode#1279
    [InlineData("messages: text content blocks must contain non-whitespace text", Conversation)] // opencode#31259
    [InlineData("The following tool_call_ids did not have response messages: c2", Conversation)] // dotnet/extensions#6753
    [InlineData("Please ensure that function call turn comes immediately after a user turn", Conversation)] // gemini-cli#26486
    [InlineData("Please ensure that the number of function response parts is equal to", Conversation)] // dify#16760
    [InlineData("messages.0.content.1.image.source.base64.media_type: Input should be 'image/jpeg'", Image)]
    [InlineData("This model doesn't support the image field for user messages. Remove image and try again.", Image)] // opencode#49443
    [InlineData("Function calling with a response mime type: 'application/json' is unsupported", Tools)] // python-genai#867
    [InlineData("For controlled generation of only function calls (forced function calling), please set", Tools)] // js-genai#601
    [InlineData("output_config.format: Extra inputs are not permitted", "The model does not support the response format")] // hindsight#3300
    [InlineData("This model doesn't support tool use in streaming mode.", "The model does not support tools in streams")] // pi#3739
    [InlineData("This model doesn't support tool use.", "The model does not support tools: leave out")]
    [InlineData("Thinking may not be enabled when tool_choice forces tool use.", "The model does not support thinking")] // vercel/ai#11227
    [InlineData("Multiple candidates is not enabled for this model", "The model returns one choice")] // js-genai#1609
    [InlineData("When `thinking` is enabled, a final message must start with a thinking block", "The history lacks")] // opencode#3077
    [InlineData("`max_tokens` must be greater than `thinking.budget_tokens`.", "The output limit includes the thinking budget")]
    [InlineData("Request contains an invalid argument.", "If the message names a parameter, this model does not accept it")]
    public async Task A_hint_states_what_to_change(string message, string hint)
    {
        var failure = await Failure(message);

        Assert.Contains(hint, failure, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Uncorrected))]
    public async Task Every_message_of_the_serving_reference_that_has_no_correction_has_a_hint_of_its_own(string message)
    {
        var failure = await Failure(message);

        Assert.DoesNotContain("If the message names a parameter", failure, StringComparison.Ordinal);
    }

    private static async Task<string> Failure(string message)
    {
        var body = new JsonObject { ["error_code"] = "BAD_REQUEST", ["message"] = message }.ToJsonString();
        var service = new VerbatimService().Answers(body, HttpStatusCode.BadRequest);

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().GetChatClient("prod-chat").GetResponseAsync(Some.Question()));
        return exception.Message;
    }
}

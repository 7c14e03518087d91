using System.Text;
using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Fuzz;

/// <summary>
/// A malformed chat response is read, or fails with a typed exception: no crash, no hang, and never a word of the response in an exception.
/// </summary>
public class ChatJsonFuzzTests
{
    private const string Secret = "zebrafish";

    private static readonly string[] Answers =
    [
        """{"id":"c1","object":"chat.completion","created":1790000000,"model":"llama","choices":[{"index":0,"message":{"role":"assistant","content":"zebrafish é"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":3,"total_tokens":17}}""",
        """{"id":"c2","model":"claude","choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"zebrafish","signature":"Eq=="}]},{"type":"text","text":"zebrafish"}]},"finish_reason":"end_turn"}],"usage":{"prompt_tokens":1,"completion_tokens":null,"cache_read_input_tokens":3}}""",
        """{"id":"c3","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"find","arguments":"{\"q\":\"zebrafish\",\"n\":[1,2]}"}}]},"finish_reason":"tool_calls"}]}""",
        """{"messages":[{"role":"assistant","content":"zebrafish","id":"m1"},{"role":"tool","tool_call_id":"a","content":"{\"x\":1}"}],"custom_outputs":{"a":1},"usage":null}""",
        """{"id":"c4","choices":[{"index":0,"message":{"role":"assistant","tool_calls":[{"id":"a","type":"function","function":{"name":"find","arguments":"{}"}},{"id":"a","type":"function","function":{"name":"find","arguments":"{\"q\":\"zebrafish\"}"}}]}}],"usage":{"prompt_tokens":9,"total_tokens":12,"cache_read_input_tokens":5}}""",
        """{"messages":[{"role":"assistant","content":"zebrafish","id":"m1"}],"custom_outputs":{"a":NaN,"b":[-Infinity,Infinity]}}""",
        """{"id":"c5","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"stop"},{"index":1,"message":{"role":"assistant","content":"zebrafish","refusal":null,"annotations":[{"type":"url_citation","url_citation":{"url":"https://a.example/","title":"t","start_index":0,"end_index":1}}]},"finish_reason":"length"}]}""",
    ];

    [Fact]
    public Task A_malformed_answer_is_read_or_fails_typed() => FuzzRun.RunAsync(Answers, JsonMutation.Of, async bytes =>
    {
        using var service = new VerbatimService();
        using var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new("application/json");
        service.Answers(System.Net.HttpStatusCode.OK, content);
        try
        {
            var response = await service.Chat(options => options.ResponseLimits.MaxItems = 1_000).GetResponseAsync(Some.Question());
            _ = response.Text;
            if (!IsJson(bytes))
            {
                throw new InvalidOperationException("It was read, and is no JSON.");
            }
        }
        catch (DatabricksServingException exception)
        {
            // An error object may quote what moved into it; then it is the service that speaks.
            if (exception.ServiceMessage is null && exception.ErrorCode is null
                && exception.ToString().Contains(Secret, StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The exception repeats the answer.", exception);
            }
        }
    });

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            // The numbers of Python are read as well: here each is replaced, in texts too, which changes nothing.
            var text = Encoding.Latin1.GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
            using var document = JsonDocument.Parse(
                text.Replace("-Infinity", "0", StringComparison.Ordinal).Replace("Infinity", "0", StringComparison.Ordinal)
                    .Replace("NaN", "0", StringComparison.Ordinal));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

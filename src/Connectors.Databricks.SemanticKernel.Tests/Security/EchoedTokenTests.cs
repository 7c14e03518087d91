using System.Text;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.TextGeneration;

namespace Connectors.Databricks.SemanticKernel.Tests.Security;

/// <summary>A service that echoes the token in an error: no exception of the adapter reveals it.</summary>
public class EchoedTokenTests
{
    private static readonly Dictionary<string, Func<EmulatedKernel, Task>> Calls = new(StringComparer.Ordinal)
    {
        ["chat"] = kernel => kernel.Chat.GetChatMessageContentsAsync("Hello"),
        ["stream"] = async kernel =>
        {
            await foreach (var _ in kernel.Chat.GetStreamingChatMessageContentsAsync("Hello"))
            {
            }
        },
        ["text"] = kernel => kernel.Kernel.GetRequiredService<ITextGenerationService>().GetTextContentsAsync("Hello"),
        ["prompt"] = kernel => kernel.Kernel.InvokePromptAsync("Hello"),
        ["chat client"] = kernel => Kernel.CreateBuilder().AddDatabricksChatClient(EmulatedKernel.Gpt, kernel.Serving).Build()
            .GetRequiredService<IChatClient>().GetResponseAsync("Hello"),
    };

    private static readonly Dictionary<string, Func<string, string>> Encodings = new(StringComparer.Ordinal)
    {
        ["raw"] = token => token,
        ["JSON escapes"] = token => string.Concat(token.Select(character => $"\\u{(int)character:x4}")),
        ["percent"] = token => string.Concat(token.Select(character => $"%{(int)character:X2}")),
        ["base64"] = token => Convert.ToBase64String(Encoding.UTF8.GetBytes(token)),
    };

    public static TheoryData<string, string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            foreach (var call in Calls.Keys)
            {
                foreach (var encoding in Encodings.Keys)
                {
                    data.Add(call, encoding, 400);
                    data.Add(call, encoding, 200);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task An_echoed_token_is_in_no_exception(string call, string encoding, int status)
    {
        await using var kernel = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var echo = Encodings[encoding](kernel.Emulator.Token);
        kernel.Endpoint.FailsRaw(status, $$$"""{"error":{"message":"The token {{{echo}}} is invalid.","code":"{{{echo}}}"}}""");

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Calls[call](kernel));

        var text = new StringBuilder();
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            text.Append(inner).Append((inner as HttpOperationException)?.ResponseContent)
                .Append((inner as DatabricksServingException)?.ServiceMessage).Append((inner as DatabricksServingException)?.ErrorCode);
        }

        Assert.DoesNotContain(kernel.Emulator.Token, text.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(echo, text.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(kernel.Endpoint.Requests);
    }
}

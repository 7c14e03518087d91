using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Comparison.Tests.OpenAIClient;

/// <summary>What one client returned for a question: updates, then perhaps an exception.</summary>
internal sealed record ClientRun(IReadOnlyList<ChatResponseUpdate> Updates, Exception? Error)
{
    public ChatResponse Response => Updates.ToChatResponse();

    public string Text => Response.Text;

    public static async Task<ClientRun> OfAsync(IChatClient chat, bool isStream, ChatOptions? options)
    {
        List<ChatResponseUpdate> updates = [];
        var error = await Record.ExceptionAsync(async () =>
        {
            if (isStream)
            {
                await foreach (var update in chat.GetStreamingResponseAsync("Well?", options))
                {
                    updates.Add(update);
                }
            }
            else
            {
                updates.AddRange((await chat.GetResponseAsync("Well?", options)).ToChatResponseUpdates());
            }
        });
        return new ClientRun(updates, error);
    }
}

using System.ClientModel;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Agents.Retrieval;

/// <summary>The two models of retrieval-augmented generation. The rest of the program does not depend on their provider.</summary>
/// <param name="Chat">The model that writes responses.</param>
/// <param name="Embeddings">The model that embeds passages and questions.</param>
internal sealed record Models(IChatClient Chat, IEmbeddingGenerator<string, Embedding<float>> Embeddings) : IDisposable
{
    public static Models Databricks(Workspace workspace) =>
        new(workspace.Chat(Endpoints.Llama), workspace.Serving.GetEmbeddingGenerator(Endpoints.Embeddings));

    /// <exception cref="ArgumentException">There is no key.</exception>
    public static Models OpenAI() =>
        new(Client().GetChatClient("gpt-5").AsIChatClient(), Client().GetEmbeddingClient("text-embedding-3-small").AsIEmbeddingGenerator());

    public void Dispose()
    {
        Chat.Dispose();
        Embeddings.Dispose();
    }

    private static OpenAIClient Client()
    {
        var key = Environment.GetEnvironmentVariable("OPENAI_API_KEY");
        if (string.IsNullOrWhiteSpace(key))
        {
            throw new ArgumentException("Set OPENAI_API_KEY to run this with OpenAI's models.");
        }

        var address = Environment.GetEnvironmentVariable("OPENAI_BASE_URL");
        return new OpenAIClient(
            new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = string.IsNullOrEmpty(address) ? null : new Uri(address) });
    }
}

using System.ClientModel.Primitives;
using OpenAI;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs.Code;

/// <summary>The code of docs/migration.md.</summary>
public static class MigrationCode
{
    public static OpenAIClient Refreshed(Uri host, DatabricksCredential credential)
    {
        // <openai-refreshed-use>
        var options = new OpenAIClientOptions { Endpoint = new Uri(host, "/serving-endpoints") };
        OpenAIClient client = new(new DatabricksTokenPolicy(credential), options);
        // </openai-refreshed-use>
        return client;
    }

    // <openai-refreshed>
    public sealed class DatabricksTokenPolicy(DatabricksCredential credential) : AuthenticationPolicy
    {
        public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            DatabricksAccessToken token = await credential.GetTokenAsync(message.CancellationToken);
            message.Request.Headers.Set("Authorization", $"Bearer {token.Value}");
            await ProcessNextAsync(message, pipeline, currentIndex);
        }

        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
            throw new NotSupportedException("Use the asynchronous methods of the client.");
    }
    // </openai-refreshed>
}

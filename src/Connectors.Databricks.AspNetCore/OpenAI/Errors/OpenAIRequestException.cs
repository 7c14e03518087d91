namespace Connectors.Databricks.AspNetCore.OpenAI.Errors;

/// <summary>A request that is rejected with an error object and not sent to the workspace.</summary>
internal sealed class OpenAIRequestException(OpenAIError error) : Exception(error.Message)
{
    public OpenAIError Error => error;
}

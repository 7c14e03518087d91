using Connectors.Databricks.AspNetCore.Routing;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>Rejects invalid options when the routes are added.</summary>
internal static class OpenAIOptionsValidation
{
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    public static void Validate(DatabricksOpenAIOptions options)
    {
        var validation = new OptionsValidation(nameof(DatabricksOpenAIOptions));
        validation.RequireEndpoints(
            options.Endpoints, options.AllowAnyEndpoint, nameof(options.Endpoints), nameof(options.AllowAnyEndpoint));
        validation.RequirePositive(options.MaxRequestBytes, nameof(options.MaxRequestBytes));
        validation.RequirePositive(options.MaxMessages, nameof(options.MaxMessages));
        validation.RequirePositive(options.MaxTools, nameof(options.MaxTools));
        validation.RequirePositive(options.MaxEmbeddingInputs, nameof(options.MaxEmbeddingInputs));
        validation.RequireGracePeriod(options.FirstUpdateGracePeriod, nameof(options.FirstUpdateGracePeriod));
        validation.RequireInterval(options.KeepAliveInterval, nameof(options.KeepAliveInterval));
    }
}

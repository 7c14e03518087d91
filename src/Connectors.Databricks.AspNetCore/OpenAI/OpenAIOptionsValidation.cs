namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>Rejects invalid options when the routes are added.</summary>
internal static class OpenAIOptionsValidation
{
    /// <exception cref="ArgumentException">An option is invalid; the message contains its name.</exception>
    public static void Validate(DatabricksOpenAIOptions options)
    {
        Require(
            options.AllowAnyEndpoint || options.Endpoints.Count > 0, nameof(options.Endpoints),
            $"is empty. Add the endpoints that clients may use, or set {nameof(options.AllowAnyEndpoint)}");
        Require(options.Endpoints.All(name => !string.IsNullOrWhiteSpace(name)), nameof(options.Endpoints), "contains an empty name");
        Require(options.MaxRequestBytes > 0, nameof(options.MaxRequestBytes), "must be above 0");
        Require(options.MaxMessages > 0, nameof(options.MaxMessages), "must be above 0");
        Require(options.MaxTools > 0, nameof(options.MaxTools), "must be above 0");
        Require(options.MaxEmbeddingInputs > 0, nameof(options.MaxEmbeddingInputs), "must be above 0");
        Require(
            options.KeepAliveInterval > TimeSpan.Zero && options.KeepAliveInterval.TotalMilliseconds < uint.MaxValue - 1,
            nameof(options.KeepAliveInterval), "must be above zero and below 49 days");
    }

    private static void Require(bool isValid, string option, string why)
    {
        if (!isValid)
        {
            throw new ArgumentException($"{nameof(DatabricksOpenAIOptions)}.{option} {why}.", option);
        }
    }
}

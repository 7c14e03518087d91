namespace Connectors.Databricks.AspNetCore.OpenAI.Requests;

/// <summary>The limits of a request, and the members without an option that are passed on.</summary>
internal sealed record RequestLimits(int MaxMessages, int MaxTools, int MaxInputs, IReadOnlySet<string> AdditionalProperties)
{
    /// <summary>OpenAI accepts at most 4 stop sequences; models of Databricks accept more.</summary>
    public const int MaxStopSequences = 16;

    /// <summary>Parts of one message, and items of a reasoning summary.</summary>
    public const int MaxParts = 1000;
}

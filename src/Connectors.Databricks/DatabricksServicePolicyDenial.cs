namespace Connectors.Databricks;

/// <summary>
/// A denial by a service policy of Unity Gateway. The service responds with HTTP 200 and a text that replaces the model's, and the finish
/// reason is <c>ContentFilter</c>.
/// </summary>
public sealed class DatabricksServicePolicyDenial
{
    /// <summary>Gets the name of the policy; <see langword="null"/> when the service did not name it.</summary>
    public string? PolicyName { get; init; }

    /// <summary>
    /// Gets when the policy was evaluated: <c>pre_call</c> (on the request, before the model) or <c>post_call</c> (on the response);
    /// <see langword="null"/> when it is unknown.
    /// </summary>
    public string? Phase { get; init; }

    /// <summary>
    /// Gets the reason. It may quote the user's own data, so the connector never logs it and keeps it out of exception messages.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Returns the policy and the phase, without the reason.</summary>
    /// <returns>A text that contains no user data.</returns>
    public override string ToString()
    {
        var policy = PolicyName is null ? "a service policy" : $"the service policy '{PolicyName}'";
        return Phase is null ? $"denied by {policy}" : $"denied by {policy} ({Phase})";
    }
}

using System.Net;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.Chat;

/// <summary>The state of one call with fallback: the current endpoint, and why the previous ones failed.</summary>
internal sealed class FallbackHops(IReadOnlyList<(string EndpointName, IChatClient Client)> chain, ILogger logger)
{
    private readonly List<string> _left = [];

    public IChatClient Client => chain[_left.Count].Client;

    /// <summary>Falls back to the next endpoint; returns false when there is none, or when the failure would repeat there.</summary>
    public bool MoveOn(DatabricksServingException failure)
    {
        if (_left.Count + 1 >= chain.Count || !MayHelp(failure))
        {
            if (_left.Count > 0)
            {
                failure.Data[DatabricksPropertyNames.FallbackHops] = string.Join("; ", _left);
            }

            return false;
        }

        var (from, _) = chain[_left.Count];
        var reason = Reason(failure);
        _left.Add($"{from}: {reason}");
        ChatLog.FellBack(logger, from, reason, chain[_left.Count].EndpointName);
        Measurements.Fallback(from);
        return true;
    }

    /// <summary>Adds the failed endpoints, if any, to the properties of a response.</summary>
    public AdditionalPropertiesDictionary? Report(AdditionalPropertiesDictionary? properties)
    {
        if (_left.Count > 0)
        {
            properties ??= [];
            properties[DatabricksPropertyNames.FallbackHops] = _left.ToArray();
        }

        return properties;
    }

    // An invalid request or a missing permission fails on every endpoint, a guardrail must not be bypassed, and tools that an agent ran
    // must not run again.
    private static bool MayHelp(DatabricksServingException failure) => failure.Guardrail is null &&
        ((failure.IsTransient && !failure.MayHaveRunTools) ||
            failure.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotImplemented ||
            ErrorKinds.RequiresGateway(failure.Kind) || ErrorHints.IsDisabledModel(failure.ServiceMessage));

    private static string Reason(DatabricksServingException failure) => failure switch
    {
        { StatusCode: { } status and not HttpStatusCode.OK } => $"{(int)status} {failure.ErrorCode}".TrimEnd(),
        { StatusCode: HttpStatusCode.OK } => $"broke off {failure.ErrorCode}".TrimEnd(),
        { InnerException: TimeoutException } => "timeout",
        _ => "no response",
    };
}

using System.Net;

namespace Connectors.Databricks.Management.Requests;

/// <summary>Creates an object if it does not exist, also when another caller is faster or the response is lost.</summary>
internal static class CreateOnce
{
    /// <param name="find">Gets what exists; null if there is nothing.</param>
    /// <param name="create">Creates it.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T?>> find, Func<CancellationToken, Task<T>> create, CancellationToken cancellationToken)
        where T : class
    {
        if (await find(cancellationToken).ConfigureAwait(false) is { } there)
        {
            return there;
        }

        try
        {
            return await create(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (Exists(exception) || MayHaveArrived(exception))
        {
            // Another caller was faster, or the response was lost. If it does not exist, or cannot be read, the first failure is thrown.
            if (await FindOrNullAsync(find, cancellationToken).ConfigureAwait(false) is { } made)
            {
                return made;
            }

            throw;
        }
    }

    /// <summary>Whether a failure means that what was requested does not exist, and not that the API does not.</summary>
    public static bool IsMissing(DatabricksServingException exception) =>
        exception.ErrorCode is "RESOURCE_DOES_NOT_EXIST"
        || exception is { StatusCode: HttpStatusCode.NotFound, ErrorCode: not ("ENDPOINT_NOT_FOUND" or "FEATURE_DISABLED") };

    // The error code takes precedence over the status: a gateway may send it with 400, or in a 200 OK body.
    private static bool Exists(DatabricksServingException exception) => exception.ErrorCode switch
    {
        "RESOURCE_ALREADY_EXISTS" or "ALREADY_EXISTS" => true,
        null or "" or "RESOURCE_CONFLICT" or "ABORTED" => exception.StatusCode == HttpStatusCode.Conflict,
        _ => false,
    };

    /// <summary>Whether a failed write may have taken effect: there was no response, or an ambiguous one.</summary>
    private static bool MayHaveArrived(DatabricksServingException exception) => exception.IsTransient;

    private static async Task<T?> FindOrNullAsync<T>(Func<CancellationToken, Task<T?>> find, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await find(cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException)
        {
            return null;
        }
    }
}

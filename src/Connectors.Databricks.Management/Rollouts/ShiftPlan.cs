namespace Connectors.Databricks.Management.Rollouts;

/// <summary>The steps of a rollout, whatever its traffic goes to.</summary>
/// <typeparam name="TStep">The public type of a step.</typeparam>
internal sealed record ShiftPlan<TStep>(
    IReadOnlyList<int> Steps,
    TimeSpan SoakTime,
    Func<TStep, CancellationToken, Task<bool>>? Check,
    IProgress<TStep>? Progress)
{
    /// <exception cref="ArgumentException">A step or the soak time is invalid.</exception>
    public void Validate(string parameter)
    {
        ArgumentNullException.ThrowIfNull(Steps);
        if (Steps.Count == 0)
        {
            throw new ArgumentException("There are no Steps. Specify percentages, such as 10, 50, 100.", parameter);
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            if (Steps[i] is < 0 or > 100 || (i > 0 && Steps[i] <= Steps[i - 1]))
            {
                throw new ArgumentException(
                    $"Steps are {string.Join(", ", Steps)}. Specify increasing percentages from 0 to 100.", parameter);
            }
        }

        if (SoakTime < TimeSpan.Zero || SoakTime > TimeSpan.FromDays(49))
        {
            throw new ArgumentException($"SoakTime is {SoakTime}. Specify zero, or a positive time of at most 49 days.", parameter);
        }
    }
}

import { ArrayMaxSize, ArrayUnique, IsArray } from 'class-validator';
import { IsPageOrigin } from './is-page-origin.js';

/** The origins of a tenant, all of them. */
export class OriginsDto {
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsPageOrigin({ each: true })
  readonly origins!: string[];
}
